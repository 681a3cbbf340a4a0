package dev.mortise.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Finds the jar that the build has made. */
final class PluginUnderTest {
    /** Set by the build: see failsafe in {@code mortise-base}. */
    private static final String JAR = "mortise.plugin.jar";

    private PluginUnderTest() {}

    /**
     * Returns the jar that the build names or, where nobody does, as in an IDE, the youngest plugin in {@code target}.
     *
     * @throws IllegalStateException when there is none
     */
    static Path jar() {
        String named = System.getProperty(JAR);
        if (named != null && Files.exists(Path.of(named))) {
            return Path.of(named);
        }
        Path folder = Path.of("target");
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(PluginUnderTest::isPlugin)
                    .max(Comparator.comparing(PluginUnderTest::age))
                    .orElseThrow(() -> new IllegalStateException(
                            "There is no plugin in " + folder.toAbsolutePath() + "; make it first: ./mvnw package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.nio.file.attribute.FileTime age(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPlugin(Path file) {
        if (!file.toString().endsWith(".jar")) {
            return false;
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Plugin-Id") != null;
        } catch (IOException halfWritten) {
            return false;
        }
    }
}
