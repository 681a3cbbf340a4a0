package dev.mortise.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The plugin jars of the built distribution's catalogue, each in its newest version: all plugins of this repository.
 */
public final class DeliveredPlugins {
    private DeliveredPlugins() {}

    public static List<Path> jars() {
        try (Stream<Path> files = Files.list(ServerUnderTest.distribution().resolve("catalogue"))) {
            SortedMap<String, Path> newest = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(file -> newest.put(idOf(file), file));
            return List.copyOf(newest.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String idOf(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*", "");
    }
}
