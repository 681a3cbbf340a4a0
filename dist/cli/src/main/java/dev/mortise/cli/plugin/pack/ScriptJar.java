package dev.mortise.cli.plugin.pack;

import com.github.zafarkhaja.semver.Version;
import dev.mortise.api.script.ScriptManifest;
import dev.mortise.api.script.ScriptPlugin;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the jar of a script plugin: a bundle without a class, whose main class is the API's. */
record ScriptJar(ScriptFolder scripts) {
    /** Of every entry, so that the same folder makes the same jar; the earliest that a zip can hold. */
    private static final LocalDateTime NEVER = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    void write(Path jar) {
        try {
            Path beside = Files.createTempFile(jar.toAbsolutePath().getParent(), "pack-", ".part");
            try {
                Files.write(beside, bytes());
                Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.pack-write", jar + " cannot be written: " + e.getMessage(), "Check the folder", null),
                    e);
        }
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ByteArrayOutputStream manifest = new ByteArrayOutputStream();
            manifest().write(manifest);
            add(zip, JarFile.MANIFEST_NAME, manifest.toByteArray());
            for (var file : scripts.files().entrySet()) {
                add(zip, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NEVER);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private Manifest manifest() {
        ScriptManifest plugin = scripts.manifest();
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", plugin.id());
        headers.putValue("Bundle-Version", bundleVersion(plugin.version()));
        headers.putValue("Import-Package", ScriptPlugin.class.getPackageName() + ";version=\"[1.0,2)\"");
        headers.putValue("Plugin-Id", plugin.id());
        headers.putValue("Plugin-Version", plugin.version());
        headers.putValue("Plugin-Class", ScriptPlugin.class.getName());
        headers.putValue("Plugin-Description", plugin.description() == null ? "" : plugin.description());
        return manifest;
    }

    /** OSGi's form has a qualifier where semantic versions have a pre-release. */
    private static String bundleVersion(String version) {
        Version parsed = Version.parse(version);
        String numbers = parsed.majorVersion() + "." + parsed.minorVersion() + "." + parsed.patchVersion();
        return parsed.preReleaseVersion()
                .map(label -> numbers + "." + label.replaceAll("[^A-Za-z0-9_-]", "-"))
                .orElse(numbers);
    }
}
