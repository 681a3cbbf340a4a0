package dev.mortise.cli.plugin.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K8")
class DevJarTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:30:00.123Z");

    @TempDir
    private Path folder;

    @Test
    void aBuildGetsAVersionThatNoBuildBeforeItHad() throws IOException {
        assertThat(written("1.0.0").version()).isEqualTo("1.0.0-dev.20261121143000123");
        assertThat(written("1.0.0-SNAPSHOT").version()).isEqualTo("1.0.0-SNAPSHOT.dev.20261121143000123");
    }

    @Test
    void theManifestOfTheJarSaysThatVersionAndTheRestIsAsItWas() throws IOException {
        DevJar jar = written("1.0.0");

        try (JarFile file = new JarFile(target().toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Plugin-Version"))
                    .isEqualTo(jar.version());
            assertThat(text(file, "a.txt")).isEqualTo("a");
        }
    }

    @Test
    void theSameContentHasTheSameDigestWheneverItWasBuilt() throws IOException {
        String first = written("1.0.0").content();
        DevJar later = DevJar.write(folder.resolve("notes.jar"), Optional.empty(), target(), NOW.plusSeconds(60));

        assertThat(later.content()).isEqualTo(first);
        assertThat(written("1.0.1").content()).isNotEqualTo(first);
    }

    @Test
    void aSignatureThatWouldNoLongerFitIsLeftOut() throws IOException {
        Path signed =
                SampleJar.write(folder.resolve("notes.jar"), "1.0.0", Map.of("META-INF/KEY.SF", "x", "a.txt", "a"));

        DevJar.write(signed, Optional.empty(), target(), NOW);

        try (JarFile file = new JarFile(target().toFile())) {
            assertThat(file.getEntry("META-INF/KEY.SF")).isNull();
        }
    }

    @Test
    void classesThatAnIdeCompiledStandForThoseOfTheJar() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("a.txt"), "newer");
        Files.writeString(classes.resolve("b.txt"), "new");
        Path jar = SampleJar.write(folder.resolve("notes.jar"), "1.0.0", Map.of("a.txt", "a", "c.txt", "c"));

        DevJar.write(jar, Optional.of(classes), target(), NOW);

        try (JarFile file = new JarFile(target().toFile())) {
            assertThat(text(file, "a.txt")).isEqualTo("newer");
            assertThat(text(file, "b.txt")).isEqualTo("new");
            assertThat(text(file, "c.txt")).isEqualTo("c");
        }
    }

    @Test
    void everyCutOfAJarIsSeenAsIncomplete() throws IOException {
        byte[] whole = SampleJar.bytes("1.0.0", Map.of("a.txt", "a".repeat(1000), "b.txt", "b"));
        Path jar = folder.resolve("cut.jar");

        for (int length = 0; length < whole.length; length++) {
            Files.write(jar, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> DevJar.write(jar, Optional.empty(), target(), NOW))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    private DevJar written(String version) throws IOException {
        Path jar = SampleJar.write(folder.resolve("notes.jar"), version, Map.of("a.txt", "a"));
        return DevJar.write(jar, Optional.empty(), target(), NOW);
    }

    private Path target() {
        return folder.resolve("target.jar");
    }

    private static String text(JarFile file, String entry) throws IOException {
        return new String(file.getInputStream(file.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
