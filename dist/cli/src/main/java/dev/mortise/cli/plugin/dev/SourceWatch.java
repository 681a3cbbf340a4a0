package dev.mortise.cli.plugin.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Builds the project when its sources have changed and then kept still for a moment. */
final class SourceWatch {
    private final Path project;
    private final MavenBuild maven;
    private final DevReport report;

    private Set<String> built = Set.of();
    private Set<String> seen = Set.of();
    private boolean isBroken;

    SourceWatch(Path project, MavenBuild maven, DevReport report) {
        this.project = project;
        this.maven = maven;
        this.report = report;
    }

    /** Looks at the sources once; builds when they changed since the last build and two looks in a row saw the same. */
    void buildWhenChanged() {
        Set<String> present = sources();
        if (!present.equals(seen)) {
            seen = present;
            return;
        }
        if (present.equals(built)) {
            return;
        }
        // What is edited while Maven runs differs from this, and is built next.
        built = present;
        report.building(maven.command());
        Optional<String> failure = maven.run();
        isBroken = failure.isPresent();
        failure.ifPresent(report::buildFailed);
    }

    /** Returns whether the sources as they were last built do not compile. */
    boolean isBroken() {
        return isBroken;
    }

    /** Returns whether the sources have been built as they are. */
    boolean isBuilt() {
        return !built.isEmpty() && built.equals(seen);
    }

    private Set<String> sources() {
        Set<String> stamps = new TreeSet<>();
        try (Stream<Path> top = Files.list(project);
                Stream<Path> below = Files.isDirectory(project.resolve("src"))
                        ? Files.walk(project.resolve("src"))
                        : Stream.empty()) {
            Stream.concat(top.filter(SourceWatch::isBuildFile), below)
                    .filter(Files::isRegularFile)
                    .forEach(file -> stamps.add(file + " " + file.toFile().lastModified()));
        } catch (IOException | UncheckedIOException changing) {
            return seen;
        }
        return stamps;
    }

    private static boolean isBuildFile(Path file) {
        String name = file.getFileName().toString();
        return name.equals("pom.xml") || name.endsWith(".bnd");
    }
}
