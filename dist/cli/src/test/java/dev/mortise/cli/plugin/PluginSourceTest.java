package dev.mortise.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K7")
class PluginSourceTest {
    @Test
    void anIdMeansTheNewestVersionOfTheCatalogue() {
        assertThat(PluginSource.parse("automotive"))
                .isEqualTo(new PluginSource.Catalogue("automotive", Optional.empty()));
    }

    @Test
    void anIdWithAVersionMeansThatVersion() {
        assertThat(new PluginSource.Catalogue("automotive", Optional.of("0.1.0")))
                .isEqualTo(PluginSource.parse("automotive@0.1.0"))
                .extracting(PluginSource.Catalogue::body)
                .isEqualTo(Map.of("id", "automotive", "version", "0.1.0"));
    }

    @Test
    void whatEndsWithJarIsAFile() {
        assertThat(PluginSource.parse("./build/my@home.jar"))
                .isEqualTo(new PluginSource.Jar(Path.of("./build/my@home.jar")));
    }
}
