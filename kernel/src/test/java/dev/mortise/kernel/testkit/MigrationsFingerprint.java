package dev.mortise.kernel.testkit;

import dev.mortise.kernel.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Tells one state of the kernel's tables from another: kernels of several versions share one kept server. */
final class MigrationsFingerprint {
    private static final String SCRIPTS = "db/kernel/";
    // Rights on the tables are given in code.
    private static final String CODE = "dev/mortise/kernel/store/Migrations";

    private MigrationsFingerprint() {}

    /** Returns eight hexadecimal digits. */
    static String compute() {
        CRC32 sum = new CRC32();
        try {
            Path place = Path.of(
                    Objects.requireNonNull(Database.class.getProtectionDomain().getCodeSource())
                            .getLocation()
                            .toURI());
            if (Files.isDirectory(place)) {
                addFolder(place, sum);
            } else {
                addJar(place, sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return String.format("%08x", sum.getValue());
    }

    private static void addJar(Path jar, CRC32 sum) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .filter(entry -> isMeant(entry.getName()))
                    .map(entry -> entry.getName() + entry.getCrc())
                    .sorted()
                    .forEach(line -> sum.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    private static void addFolder(Path classes, CRC32 sum) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> isMeant(classes.relativize(each).toString()))
                    .sorted()
                    .toList()) {
                sum.update(Files.readAllBytes(file));
            }
        }
    }

    private static boolean isMeant(String name) {
        return name.startsWith(SCRIPTS) || name.startsWith(CODE);
    }
}
