package dev.mortise.kernel.setting;

import static dev.mortise.kernel.setting.SettingsBench.SERVER;
import static dev.mortise.kernel.setting.SettingsBench.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.setting.SettingsBench.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server with one plugin whose settings a test changes; nothing is set when a test begins. */
@Tag("K4")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningSettings {
    private static final String FILE = """
            plugins:
              mail:
                host: in.the.file
                port: ${env:MAIL_PORT}
                password: in-the-file
            """;

    SettingsBench bench;
    Kernel kernel;

    @BeforeAll
    void start(@TempDir Path folder) {
        bench = new SettingsBench(folder);
        kernel = bench.start(FILE, SettingsBench.mail("1.0.0").build(folder));
    }

    @AfterAll
    void close() {
        bench.close();
    }

    @BeforeEach
    void takeEverythingBack() {
        assertThat(bench.send(kernel, "PUT", SERVER, "{}", "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(bench.send(kernel, "PUT", TENANT, "{}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    String seen() {
        return SettingsBench.seen(kernel);
    }

    Answer set(String patch) {
        return bench.set(kernel, patch);
    }

    JsonNode show() {
        return bench.send(kernel, "GET", SERVER, "").body();
    }
}
