package dev.mortise.cli.plugin.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A build's jar with a version that no build before it had. A server takes each version of a plugin once; that is its
 * rule for good reasons, and a developer's hundred builds of one version keep it by a qualifier with the time.
 *
 * @param id the plugin's id
 * @param version the version it has been given
 * @param content a digest of everything but the manifest's version
 */
record DevJar(String id, String version, String content) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Reads a build from its first to its last byte and writes it out under a version of its own.
     *
     * @param classes a folder whose files stand for those of the jar
     * @throws IOException when the jar is not complete (yet), or is no plugin
     */
    static DevJar write(Path jar, Optional<Path> classes, Path target, Instant now) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Manifest manifest;
        try (JarFile source = new JarFile(jar.toFile())) {
            manifest = source.getManifest();
            for (JarEntry entry :
                    source.stream().filter(each -> !each.isDirectory()).toList()) {
                try (InputStream in = source.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        if (manifest == null || manifest.getMainAttributes().getValue("Plugin-Id") == null) {
            throw new IOException("its manifest has no Plugin-Id");
        }
        if (classes.isPresent()) {
            overlay(classes.get(), files);
        }
        files.keySet().removeIf(DevJar::isManifestOrSignature);
        String content = digest(manifest, files);
        String version = manifest.getMainAttributes().getValue("Plugin-Version") + "-dev." + TIME.format(now);
        // A pre-release of a pre-release is written with a dot: semver, section 9.
        version = version.replaceFirst("^([^-]*-.*)-dev\\.", "$1.dev.");
        manifest.getMainAttributes().putValue("Plugin-Version", version);
        manifest.getEntries().clear();
        write(target, manifest, files);
        return new DevJar(manifest.getMainAttributes().getValue("Plugin-Id"), version, content);
    }

    private static void overlay(Path classes, Map<String, byte[]> files) throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    /** A signature would no longer fit. */
    private static boolean isManifestOrSignature(String name) {
        return name.equals(JarFile.MANIFEST_NAME) || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }

    private static String digest(Manifest manifest, Map<String, byte[]> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            manifest.write(new java.security.DigestOutputStream(OutputStream.nullOutputStream(), digest));
            files.forEach((name, content) -> {
                digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    private static void write(Path target, Manifest manifest, Map<String, byte[]> files) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
    }
}
