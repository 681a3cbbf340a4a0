package dev.mortise.cli;

/**
 * How the command ends, as a number for scripts. The numbers are part of the command's contract and never change.
 *
 * @since 0.1
 */
public enum ExitCode {
    /** The command did what was asked. */
    OK(0, "done"),
    /** Something failed that no other number stands for. */
    FAILURE(1, "failed"),
    /** The command line itself is wrong. */
    USAGE(2, "wrong use of the command"),
    /** No JDK 25 or newer was found. */
    NO_JDK(3, "no JDK 25 or newer"),
    /** The configuration cannot be read or holds a wrong value. */
    CONFIGURATION(4, "configuration cannot be used"),
    /** The data folder cannot be used: in use, not writable, full, or of another version. */
    DATA_FOLDER(5, "data folder cannot be used"),
    /** The port is taken or may not be opened. */
    PORT(6, "port cannot be opened"),
    /** The database cannot be started or reached. */
    DATABASE(7, "database cannot be used"),
    /** The server refused a plugin. */
    PLUGIN_REFUSED(8, "plugin was refused"),
    /** No server answers at the URL. */
    SERVER_NOT_REACHABLE(9, "server not reachable"),
    /** The server does not know the key, or the key may not do this. */
    NOT_AUTHORISED(10, "not authorised");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** Returns the number that the process ends with. */
    public int number() {
        return number;
    }

    /** Returns what the number means, a few words for the help page. */
    public String meaning() {
        return meaning;
    }
}
