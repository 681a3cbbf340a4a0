package dev.mortise.cli.plugin.dev;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a build leaves its jar. Polled, not watched: {@code clean} deletes the folder that a watch would be on, and
 * some file systems tell nobody of a change.
 */
final class BuildFolder {
    private static final List<String> PLACES = List.of("target", "build/libs");
    private static final Pattern NO_PLUGIN = Pattern.compile(".*-(sources|javadoc|tests)\\.jar|original-.*");

    private final Path project;
    private final boolean withClasses;

    BuildFolder(Path project, boolean withClasses) {
        this.project = project;
        this.withClasses = withClasses;
    }

    /**
     * The state of a build, as far as a look at the folder tells it.
     *
     * @param jar the youngest jar
     * @param classes the folder with classes that are newer than the jar, where they are asked for
     * @param changedAt the youngest change of a file
     * @param bytes what all files hold together
     */
    record Build(Path jar, Optional<Path> classes, Instant changedAt, long bytes) {}

    /** Returns the present build, or empty when there is no jar. */
    Optional<Build> present() throws IOException {
        Optional<Stamp> jar = youngestJar();
        if (jar.isEmpty()) {
            return Optional.empty();
        }
        Stamp found = jar.get();
        Path classes = project.resolve("target").resolve("classes");
        if (!withClasses || !Files.isDirectory(classes)) {
            return Optional.of(new Build(found.file(), Optional.empty(), found.changedAt(), found.bytes()));
        }
        Instant changedAt = found.changedAt();
        long bytes = found.bytes();
        for (Stamp file : stamps(classes)) {
            changedAt = file.changedAt().isAfter(changedAt) ? file.changedAt() : changedAt;
            bytes += file.bytes();
        }
        return Optional.of(new Build(found.file(), Optional.of(classes), changedAt, bytes));
    }

    private record Stamp(Path file, Instant changedAt, long bytes) {}

    private Optional<Stamp> youngestJar() throws IOException {
        List<Stamp> jars = new ArrayList<>();
        for (String place : PLACES) {
            Path folder = project.resolve(place);
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                    for (Path file : files) {
                        if (!NO_PLUGIN.matcher(file.getFileName().toString()).matches()) {
                            stamp(file).ifPresent(jars::add);
                        }
                    }
                }
            }
        }
        // Where a build makes several at once, always the same one.
        return jars.stream()
                .max(Comparator.comparing(Stamp::changedAt)
                        .thenComparing(stamp -> stamp.file().toString(), Comparator.reverseOrder()));
    }

    private static List<Stamp> stamps(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            stamp(file).ifPresent(stamps::add);
        }
        return stamps;
    }

    private static Optional<Stamp> stamp(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(file, attributes.lastModifiedTime().toInstant(), attributes.size()));
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }
}
