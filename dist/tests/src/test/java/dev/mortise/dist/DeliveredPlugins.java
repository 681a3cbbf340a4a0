package dev.mortise.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The plugin jars of the built distribution's catalogue: all plugins of this repository. */
final class DeliveredPlugins {
    private DeliveredPlugins() {}

    static List<Path> jars() {
        try (Stream<Path> files = Files.list(ServerUnderTest.distribution().resolve("catalogue"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
