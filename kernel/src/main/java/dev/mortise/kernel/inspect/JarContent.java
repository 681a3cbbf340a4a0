package dev.mortise.kernel.inspect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The jar's size, and the libraries in it with the licences that they name themselves. */
final class JarContent {
    private static final long LARGE = 64L << 20;
    private static final Pattern POM_LICENCE =
            Pattern.compile("<license>\\s*<name>\\s*([^<]+?)\\s*</name>", Pattern.DOTALL);
    private static final Pattern STRICT =
            Pattern.compile("(?i).*(\\bA?GPL|General Public|SSPL|Server Side|Commons Clause).*");
    private static final Pattern LENIENT = Pattern.compile(
            "(?i).*(Classpath|Lesser|LGPL|Apache|\\bMIT\\b|BSD|Eclipse|EPL|Universal FOSS|CC0|Public Domain).*");

    private JarContent() {}

    static List<Finding> inspect(Path jar) {
        List<Finding> findings = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            findings.add(size(Files.size(jar)));
            List<JarEntry> libraries = file.stream()
                    .filter(entry -> entry.getName().endsWith(".jar"))
                    .toList();
            for (JarEntry library : libraries) {
                try (InputStream content = file.getInputStream(library)) {
                    findings.add(licence(library.getName(), content.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return findings;
    }

    private static Finding size(long bytes) {
        String text = String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        return bytes <= LARGE
                ? Finding.fine("size", text)
                : Finding.warning(
                        "size",
                        text + " is much for a plugin",
                        "Leave out what the server offers, and other platforms");
    }

    private static Finding licence(String library, byte[] content) throws IOException {
        String name = library.substring(library.lastIndexOf('/') + 1);
        String licence = licenceIn(content);
        if (licence == null) {
            return Finding.warning(
                    "licences", name + " does not say its licence", "Look it up, and name it beside the plugin");
        }
        return STRICT.matcher(licence).matches() && !LENIENT.matcher(licence).matches()
                ? Finding.warning(
                        "licences",
                        name + " is under " + licence + ", which extends to what contains it",
                        "Use another library, or publish the plugin under that licence")
                : Finding.fine("licences", name + ": " + licence);
    }

    private static @Nullable String licenceIn(byte[] library) throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(library))) {
            String header = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue("Bundle-License");
            if (header != null) {
                return header;
            }
            String named = null;
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                String path = entry.getName();
                if (path.startsWith("META-INF/maven/") && path.endsWith("/pom.xml")) {
                    Matcher licence = POM_LICENCE.matcher(new String(jar.readAllBytes(), StandardCharsets.UTF_8));
                    if (licence.find()) {
                        return licence.group(1);
                    }
                } else if (path.matches("(META-INF/)?LICEN[CS]E[^/]*")) {
                    named = firstLine(new String(jar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return named;
        }
    }

    private static @Nullable String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
