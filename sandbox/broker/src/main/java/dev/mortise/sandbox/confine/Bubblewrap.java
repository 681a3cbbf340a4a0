package dev.mortise.sandbox.confine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The program that starts another one in namespaces of its own: no network, no other process, no file but those that
 * are bound. Its options are those of bubblewrap 0.8 and later (bwrap(1)).
 *
 * @since 0.1
 */
public final class Bubblewrap {
    private static final List<String> USUAL_PLACES = List.of("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap");
    private static final int TRIAL_SECONDS = 10;
    /** For what a worker writes to its {@code /tmp}: nothing should. */
    private static final String SCRATCH_BYTES = Integer.toString(16 << 20);

    private final String program;

    private Bubblewrap(String program) {
        this.program = program;
    }

    /** What came of looking for it. */
    public sealed interface Finding {
        /** It works here. */
        record Works(Bubblewrap bubblewrap) implements Finding {}

        /** It does not, and why. */
        record Missing(String reason) implements Finding {}
    }

    /** Looks for the program and tries it. */
    public static Finding find() {
        Optional<String> program = USUAL_PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst();
        if (program.isEmpty()) {
            return new Finding.Missing("bubblewrap is not installed (on Debian: apt install bubblewrap)");
        }
        Bubblewrap found = new Bubblewrap(program.get());
        return found.tried().<Finding>map(Finding.Missing::new).orElseGet(() -> new Finding.Works(found));
    }

    /** Returns why it cannot be used, or empty. */
    private Optional<String> tried() {
        List<String> command = prefix(Path.of("/tmp"), List.of());
        command.add("/usr/bin/true");
        try {
            Process trial =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            trial.getOutputStream().close();
            String said = new String(trial.getInputStream().readNBytes(500), StandardCharsets.UTF_8).strip();
            if (!trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
                trial.destroyForcibly();
                return Optional.of("bubblewrap does not end here");
            }
            return trial.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("bubblewrap is installed and does not work here: " + said
                            + " (unprivileged user namespaces may be forbidden)");
        } catch (IOException e) {
            return Optional.of("bubblewrap cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("bubblewrap was not tried: the server is stopping");
        }
    }

    /**
     * Returns the words that come before the program and its arguments.
     *
     * @param work the folder that the program starts in
     * @param readable folders that the program sees, where they are, and cannot write to
     */
    public List<String> prefix(Path work, List<Path> readable) {
        List<String> words = new ArrayList<>(List.of(
                program,
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--clearenv",
                "--uid",
                "65534",
                "--gid",
                "65534",
                "--hostname",
                "sandbox",
                "--cap-drop",
                "ALL",
                "--size",
                SCRATCH_BYTES,
                "--tmpfs",
                "/tmp",
                "--proc",
                "/proc",
                "--dev",
                "/dev"));
        for (String library : List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/bin")) {
            bindLibrary(words, Path.of(library));
        }
        for (Path folder : readable) {
            words.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
        }
        words.addAll(List.of("--remount-ro", "/", "--chdir", work.toString(), "--"));
        return words;
    }

    private static void bindLibrary(List<String> words, Path folder) {
        if (Files.isSymbolicLink(folder)) {
            words.addAll(List.of("--symlink", linkTarget(folder), folder.toString()));
        } else if (Files.isDirectory(folder)) {
            words.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
        }
    }

    private static String linkTarget(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return link.toString();
        }
    }
}
