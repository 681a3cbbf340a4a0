package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;

/**
 * What one check found.
 *
 * @param check the check's name, one word
 * @param level how bad it is
 * @param text what was found, with figures
 * @param remedy what to do about it; empty where nothing is to be done
 * @param exitCode how the command ends when this is the first failure
 */
record Finding(String check, Level level, String text, String remedy, ExitCode exitCode) {
    /** How bad a finding is. */
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String check, String text) {
        return new Finding(check, Level.OK, text, "", ExitCode.OK);
    }

    static Finding warn(String check, String text, String remedy) {
        return new Finding(check, Level.WARN, text, remedy, ExitCode.OK);
    }

    static Finding fail(String check, String text, String remedy, ExitCode exitCode) {
        return new Finding(check, Level.FAIL, text, remedy, exitCode);
    }
}
