package dev.mortise.cli.plugin.create;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The archetype in the distribution's repository, written out as a project. */
final class Template {
    private static final String RESOURCES = "archetype-resources/";

    private final Path repository;
    private final Path archetype;

    /**
     * Names the archetype; nothing is read yet.
     *
     * @param version of Mortise
     */
    Template(Path repository, String version) {
        this.repository = repository;
        this.archetype = repository.resolve(
                "dev/mortise/mortise-plugin-archetype/" + version + "/mortise-plugin-archetype-" + version + ".jar");
    }

    /**
     * Writes the project.
     *
     * @param values what stands for {@code groupId}, {@code artifactId}, {@code version}, {@code package} and
     *     {@code mortiseVersion}
     */
    void write(Path target, Map<String, String> values) throws IOException {
        String packageFolder = values.getOrDefault("package", "").replace('.', '/');
        try (JarFile jar = new JarFile(archetype.toFile())) {
            ArchetypeFiles files = ArchetypeFiles.read(jar);
            List<JarEntry> entries = jar.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(RESOURCES))
                    .toList();
            for (JarEntry entry : entries) {
                String path = entry.getName().substring(RESOURCES.length());
                ArchetypeFiles.Rule rule = files.ruleFor(path);
                Path file = target.resolve(rule.place(path, packageFolder));
                Files.createDirectories(file.getParent());
                byte[] content = content(jar, entry);
                Files.write(file, rule.isFiltered() ? filled(content, values) : content);
            }
        }
        Files.setPosixFilePermissions(target.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
        wire(target);
    }

    /**
     * Lets the build find this distribution's artifacts without being installed anywhere: Maven looks into a tail of
     * its local repository before it goes to a network, whatever mirrors the user has set up.
     */
    private void wire(Path target) throws IOException {
        Files.createDirectories(target.resolve(".mvn"));
        Files.writeString(
                target.resolve(".mvn").resolve("maven.config"), "-Dmaven.repo.local.tail=" + repository + "\n");
    }

    private static byte[] content(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static byte[] filled(byte[] content, Map<String, String> values) {
        String text = new String(content, StandardCharsets.UTF_8);
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
