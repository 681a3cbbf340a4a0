package dev.mortise.kernel.postgres;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As which user PostgreSQL runs. It refuses to run as root, so a server that was started as root gives up root for it:
 * by {@code setpriv} to a real unprivileged user where that user can reach the data folder, else by a user namespace of
 * its own ({@code unshare -U}), in which it is nobody and outside of which its files stay root's.
 *
 * @param prefix what stands before the command
 * @param uid who owns the cluster's files
 */
record RunAs(List<String> prefix, int uid) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    static RunAs choose(PostgresBinaries binaries) throws IOException {
        return choose(uidOf(Path.of("/proc/self")), binaries);
    }

    private static RunAs choose(int ownUid, PostgresBinaries binaries) throws IOException {
        if (ownUid != ROOT) {
            return new RunAs(List.of(), ownUid);
        }
        int user = unprivilegedUser();
        List<String> setpriv = List.of(
                "setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--no-new-privs", "--inh-caps=-all");
        String postgres = binaries.program("postgres").toString();
        if (works(setpriv, "test", "-x", postgres)) {
            return new RunAs(setpriv, user);
        }
        List<String> unshare = List.of("unshare", "-U");
        if (works(unshare, "test", "-x", postgres)) {
            return new RunAs(unshare, ROOT);
        }
        throw new MortiseException(
                KernelError.DATABASE_FOLDER_DENIED,
                "PostgreSQL does not run as root, and giving up root for it works neither by setpriv (user " + user
                        + " cannot reach " + binaries.home() + ") nor by unshare -U",
                "Run Mortise as an ordinary user that owns the data folder, or put the data folder where user " + user
                        + " can reach it, or set MORTISE_DATABASE_URL");
    }

    /** Returns the whole command: given-up rights, then a session of its own, so that Ctrl-C reaches only the JVM. */
    List<String> command(List<String> command) {
        return Stream.of(List.of("setsid"), prefix, command)
                .flatMap(List::stream)
                .toList();
    }

    /** Gives a file or a folder with all that is in it to the user that PostgreSQL runs as. */
    void own(Path path) throws IOException {
        if (uidOf(path) == uid) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path entry : tree.toList()) {
                Files.setAttribute(entry, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static int uidOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    /** initdb wants a user that has a name, so this is the user {@code mortise} where there is one, else nobody. */
    private static int unprivilegedUser() throws IOException {
        Path users = Path.of("/etc/passwd");
        if (!Files.isReadable(users)) {
            return NOBODY;
        }
        return Files.readAllLines(users).stream()
                .filter(line -> line.startsWith("mortise:"))
                .map(line -> Integer.parseInt(line.split(":")[2]))
                .findFirst()
                .orElse(NOBODY);
    }

    private static boolean works(List<String> prefix, String... command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
