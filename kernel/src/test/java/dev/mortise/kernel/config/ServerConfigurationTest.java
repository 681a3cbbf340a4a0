package dev.mortise.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.context.PluginJson;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("K4")
class ServerConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void withoutAFileTheDefaultsHold() {
        ServerConfiguration configuration = ServerConfiguration.read(null, Map.<String, String>of()::get);

        assertThat(configuration.host()).isEqualTo("127.0.0.1");
        assertThat(configuration.port()).isEqualTo(8420);
        assertThat(configuration.databaseUrl()).isEmpty();
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        ServerConfiguration configuration = read("server: {port: 1000}\n", Map.of("MORTISE_PORT", "2000"));

        assertThat(configuration.port()).isEqualTo(2000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server:\\n  prot: 80            | mortise.yaml:2: server.prot | known are corsOrigins, host, maxBodyBytes, maxUploadBytes, port",
                "server:\\n  port: eighty        | mortise.yaml:2: server.port | not a valid `Integer`",
                "server:\\n  port: 70000         | mortise.yaml:1: server      | from 0 to 65535",
                "data: x\\nserver: [1\\n          | line 3                      | ",
                "data: x\\ndata: y               | mortise.yaml:2              | is given twice",
                "data: ${env:NOT_SET_HERE}      | mortise.yaml:1              | NOT_SET_HERE is not set",
                "logging:\\n\\n  level: loud      | mortise.yaml:1              | must be trace",
            })
    void aMistakeIsReportedWithItsLine(String text, String place, @Nullable String reason) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n"), Map.of()))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.CONFIGURATION);
                    assertThat(e.getMessage()).contains(place).contains(reason == null ? "" : reason);
                });
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ServerConfiguration.read(folder.resolve("absent.yaml"), Map.<String, String>of()::get))
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("mortise.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThatThrownBy(() -> ServerConfiguration.read(file, Map.<String, String>of()::get))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aPluginGetsItsSectionAsARecord() {
        FileSection section = read(
                        "plugins:\n  mail:\n    host: ${env:MAIL_HOST}\n    timeout: PT5S\n    to: [a, b]\n",
                        Map.of("MAIL_HOST", "example.test"))
                .plugin("mail");

        assertThat(bind(section)).isEqualTo(new MailSettings("example.test", Duration.ofSeconds(5), List.of("a", "b")));
    }

    @Test
    void aPluginWithoutASectionGetsItsRecordsDefaults() {
        FileSection section = read("", Map.of()).plugin("mail");

        assertThat(bind(section).host()).isEqualTo("localhost");
    }

    @Test
    void aMistakeInAPluginsSectionIsReportedWithItsLine() {
        FileSection section = read("plugins:\n  mail:\n    hots: x\n", Map.of()).plugin("mail");

        assertThatThrownBy(() -> bind(section)).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ApiError.SETTINGS_INVALID);
            assertThat(e.getMessage()).contains("mortise.yaml:3: hots").contains("host");
        });
    }

    private static MailSettings bind(FileSection section) {
        return new RecordBinding(PluginJson.newMapper(), ApiError.SETTINGS_INVALID, "Correct it")
                .bind(section.values(), section::place, MailSettings.class);
    }

    @NullMarked
    record MailSettings(
            @Nullable String host,
            @Nullable Duration timeout,
            @Nullable List<String> to) {
        MailSettings {
            host = host == null ? "localhost" : host;
        }
    }

    private ServerConfiguration read(String text, Map<String, String> environment) {
        try {
            Path file = Files.writeString(folder.resolve("mortise.yaml"), text);
            return ServerConfiguration.read(file, environment::get);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
