package dev.mortise.sandbox.worker;

import dev.mortise.api.sandbox.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a worker of one language is made of: a folder with {@code lib/*.jar}, {@code worker.classpath} (the jars' names
 * in their order, a line each), {@code worker.args} (flags of the JVM, a line each, without the class path), and, where
 * it was trained, {@code worker.aot}.
 *
 * @since 0.1
 */
public record WorkerKit(Language language, Path folder, List<String> flags, String classPath, Optional<Path> cache) {
    /** Returns the kit of a language below a folder, or empty when it is not there. */
    public static Optional<WorkerKit> find(Path kits, Language language) {
        Path folder = kits.resolve(language.id()).toAbsolutePath().normalize();
        Path jars = folder.resolve("worker.classpath");
        Path flags = folder.resolve("worker.args");
        if (!Files.isReadable(jars) || !Files.isReadable(flags)) {
            return Optional.empty();
        }
        Path cache = folder.resolve("worker.aot");
        return Optional.of(new WorkerKit(
                language,
                folder,
                lines(flags),
                lines(jars).stream()
                        .map(name -> folder.resolve("lib").resolve(name).toString())
                        .collect(Collectors.joining(":")),
                Files.isReadable(cache) ? Optional.of(cache) : Optional.empty()));
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
