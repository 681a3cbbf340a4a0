package dev.mortise.sandbox.worker;

import dev.mortise.api.sandbox.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a worker of one language is made of: a folder with {@code lib/*.jar}, {@code worker.args} (the arguments of the
 * JVM, a line each, to be run in this folder), and, where it was trained, {@code worker.aot}.
 *
 * @param arguments of the JVM, class path and main class among them
 * @since 0.1
 */
public record WorkerKit(Language language, Path folder, List<String> arguments) {
    private static final String HEAP = "-Xmx";
    private static final String CACHE = "worker.aot";

    /** Copies the list. */
    public WorkerKit {
        arguments = List.copyOf(arguments);
    }

    /** Returns the kit of a language below a folder, or empty when it is not there. */
    public static Optional<WorkerKit> find(Path kits, Language language) {
        Path folder = kits.resolve(language.id()).toAbsolutePath().normalize();
        Path file = folder.resolve("worker.args");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        if (Files.isReadable(folder.resolve(CACHE))) {
            arguments.add("-XX:AOTCache=" + CACHE);
        }
        arguments.addAll(lines(file));
        return Optional.of(new WorkerKit(language, folder, arguments));
    }

    /** Returns this kit with another heap. */
    public WorkerKit withHeap(int megabytes) {
        return new WorkerKit(
                language,
                folder,
                arguments.stream()
                        .map(argument -> argument.startsWith(HEAP) ? HEAP + megabytes + "m" : argument)
                        .toList());
    }

    /** Returns the largest heap that the arguments name. */
    int heapMegabytes() {
        return arguments.stream()
                .filter(argument -> argument.matches(HEAP + "\\d+m"))
                .mapToInt(argument -> Integer.parseInt(argument.substring(HEAP.length(), argument.length() - 1)))
                .max()
                .orElseThrow(() -> new IllegalStateException("The kit in " + folder + " names no " + HEAP));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
