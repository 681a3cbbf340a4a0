package dev.mortise.cli.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.server.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K7")
class AotCachesTest {
    @TempDir
    private Path home = Path.of("");

    private AotCaches caches = new AotCaches(new Distribution(Path.of("")));

    @BeforeEach
    void unpackADistribution() throws IOException {
        Files.writeString(home.resolve("sbom.json"), "{\"components\": [\"kernel, sha 1\"]}");
        caches = new AotCaches(new Distribution(home));
    }

    @Test
    void aFreshDistributionHasNone() {
        assertThat(caches.state()).isEqualTo(AotCaches.State.MISSING);
    }

    @Test
    void theyAreFreshForTheJdkAndTheJarsThatTheyWereMadeFor() throws IOException {
        make();

        assertThat(caches.state()).isEqualTo(AotCaches.State.FRESH);
    }

    @Test
    void anotherJarMakesThemStaleEvenWithTheSameNameSizeAndTime() throws IOException {
        make();

        Files.writeString(home.resolve("sbom.json"), "{\"components\": [\"kernel, sha 2\"]}");

        assertThat(caches.state()).isEqualTo(AotCaches.State.STALE);
    }

    @Test
    void theyAreNotUsedWhileTheyAreMade() throws IOException {
        make();

        caches.invalidate();

        assertThat(caches.state()).isEqualTo(AotCaches.State.STALE);
    }

    private void make() throws IOException {
        caches.invalidate();
        Files.writeString(caches.server(), "server");
        Files.writeString(caches.client(), "client");
        caches.validate();
    }
}
