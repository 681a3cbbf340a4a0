package dev.mortise.kernel.setting;

import static dev.mortise.kernel.setting.SettingsBench.SERVER;
import static dev.mortise.kernel.setting.SettingsBench.mail;
import static dev.mortise.kernel.setting.SettingsBench.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.admin.PluginState;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.setting.SettingsBench.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What was set, and a plugin that changes its mind about it. */
@Tag("K4")
@Timeout(120)
class SettingsUpdateTest {
    private static final String WIDE =
            "public record MailSettings(@Setting(value = \"A.\", max = 1000) int a, @Setting(\"B.\") String b) {}";
    private static final String STRICT =
            "public record MailSettings(@Setting(value = \"A.\", max = 10) int a, @Setting(\"B.\") String b) {}";
    private static final String REFUSING = """
            public record MailSettings(@Setting("A.") int a, @Setting("B.") String b) {
                public MailSettings {
                    if (a > 10) { throw new IllegalArgumentException("a is beyond 10"); }
                }
            }
            """;
    private static final String MORE =
            "public record MailSettings(@Setting(\"A.\") int a, @Setting(\"B.\") String b, @Setting(\"C.\") String c) {}";

    @TempDir
    Path folder;

    private SettingsBench bench;

    @BeforeEach
    void open() {
        bench = new SettingsBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStricterVersionRunsOnWhatFitsAndReportsTheRest() {
        Kernel kernel = bench.start("", mail("1.0.0", WIDE).build(folder));
        bench.set(kernel, "{\"a\": 500, \"b\": \"kept\"}");

        kernel.plugins().update(mail("2.0.0", STRICT).build(folder));

        assertThat(seen(kernel)).contains("a=0", "b=kept");
        JsonNode settings = bench.send(kernel, "GET", SERVER, "").body();
        assertThat(settings.at("/values/a").asInt()).as("what was set is kept").isEqualTo(500);
        assertThat(settings.at("/problems/0/path").asString()).isEqualTo("/a");
        assertThat(settings.at("/problems/0/source").asString()).isEqualTo("server");
        assertThat(settings.at("/problems/0/message").asString()).contains("10");
        assertThat(bench.set(kernel, "{\"b\": \"free to change\"}").status()).isEqualTo(200);
        assertThat(bench.set(kernel, "{\"a\": 11}").status()).isEqualTo(400);
        assertThat(bench.set(kernel, "{\"a\": 7}").body().at("/problems")).isEmpty();
        assertThat(seen(kernel)).contains("a=7", "b=free to change");
    }

    @Test
    void aVersionWhoseRecordRefusesWhatWasSetRunsOnTheFile() {
        Kernel kernel =
                bench.start("plugins: {mail: {a: 3}}", mail("1.0.0", WIDE).build(folder));
        bench.set(kernel, "{\"a\": 500}");

        kernel.plugins().update(mail("2.0.0", REFUSING).build(folder));

        assertThat(seen(kernel)).contains("a=3");
        assertThat(bench.send(kernel, "GET", SERVER, "").body().at("/problems").toString())
                .contains("a is beyond 10");
    }

    @Test
    void afterARollBackTheOlderVersionRunsThoughTheNewerOnesSettingsAreThere() {
        Kernel kernel = bench.start("", mail("1.0.0", WIDE).build(folder));
        kernel.plugins().update(mail("2.0.0", MORE).build(folder));
        bench.set(kernel, "{\"a\": 5, \"c\": \"new\"}");

        kernel.plugins().rollback("mail");

        assertThat(seen(kernel)).contains("a=5").doesNotContain("new");
        kernel.plugins().rollback("mail");
        assertThat(seen(kernel)).contains("a=5", "c=new");
    }

    @Test
    void aVersionThatTheFileDoesNotFitIsRefusedAndTheOldOneStays() {
        Kernel kernel = bench.start(
                "plugins:\n  mail:\n    a: 500\n", mail("1.0.0", WIDE).build(folder));

        assertThatThrownBy(() -> kernel.plugins().update(mail("2.0.0", STRICT).build(folder)))
                .hasMessageContaining("mortise.yaml:3: a: ")
                .hasMessageContaining("10");

        assertThat(seen(kernel)).contains("a=500");
        assertThat(bench.set(kernel, "{\"a\": 900}").status()).isEqualTo(200);
    }

    @Test
    void settingsOutliveTheServerAndThePlugin() {
        Kernel kernel = bench.start("", mail("1.0.0", WIDE).build(folder));
        bench.set(kernel, "{\"a\": 5}");
        kernel.plugins().remove("mail");
        kernel.close();

        Kernel next = bench.start("", mail("1.0.0", WIDE).build(folder));

        assertThat(seen(next)).contains("a=5");
    }

    @Test
    void whatWasSetForAPluginThatIsStoppedHoldsWhenItStarts() {
        Kernel kernel = bench.start("", mail("1.0.0", WIDE).build(folder));
        bench.set(kernel, "{\"a\": 5}");
        kernel.plugins().stop("mail");

        assertThat(bench.set(kernel, "{\"a\": 6}").status()).isEqualTo(200);
        assertThat(bench.set(kernel, "{\"a\": \"x\"}").status()).isEqualTo(400);

        assertThat(kernel.plugins().start("mail").state()).isEqualTo(PluginState.RUNNING);
        assertThat(seen(kernel)).contains("a=6");
    }

    @Test
    void theJarsOwnSchemaIsWhatHolds() {
        Kernel kernel = bench.start(
                "", mail("1.0.0", WIDE).file("settings.schema.json", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                 "properties": {"a": {"$ref": "#/$defs/even"}, "b": {"type": "string", "x-secret": true}},
                 "$defs": {"even": {"type": "integer", "multipleOf": 2}},
                 "additionalProperties": false}
                """).build(folder));

        assertThat(bench.set(kernel, "{\"a\": 3}").body().at("/detail").asString())
                .contains("/a: ", "multiple of 2");
        assertThat(bench.set(kernel, "{\"b\": \"open\"}").body().at("/detail").asString())
                .contains("/b: ");
        assertThat(bench.set(kernel, "{\"a\": 4}").status()).isEqualTo(200);
        assertThat(bench.send(kernel, "GET", SERVER + "/schema", "")
                        .body()
                        .at("/$defs/even/multipleOf")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"object\"                                                        | is no JSON",
                "[]                                                                           | at its top",
                "{\"type\": \"string\"}                                                       | at its top",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"wrong\"}}}       | is no JSON Schema",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"minimum\": \"1\"}}}        | is no JSON Schema",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"#/$defs/none\"}}}  | refers to",
                "{\"type\": \"object\", \"$ref\": \"http://127.0.0.1:9/schema.json\"}         | refers to",
                "{\"type\": \"object\", \"$ref\": \"file:///etc/hostname\"}                   | refers to",
            })
    void aJarWhoseSchemaIsNoneIsRefused(String schema, String reason) {
        Kernel kernel = bench.start("");
        Path jar = mail("1.0.0", WIDE).file("settings.schema.json", schema).build(folder);

        assertThatThrownBy(() -> kernel.plugins().install(jar)).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(KernelError.SETTINGS_SCHEMA);
            assertThat(e.getMessage()).contains("settings.schema.json of mail 1.0.0", reason);
        });
        assertThat(kernel.plugins().list()).isEmpty();
    }

    @Test
    void aPluginThatFailedForTheFileCanBeLookedAt() {
        Kernel kernel = bench.start("plugins: {mail: {a: 5000}}");

        assertThatThrownBy(() -> kernel.plugins().install(mail("1.0.0", WIDE).build(folder)))
                .hasMessageContaining("mortise.yaml:1: a: ");

        Answer settings = bench.send(kernel, "GET", SERVER, "");
        assertThat(settings.status()).isEqualTo(200);
        assertThat(settings.body().at("/effective/a").asInt()).isEqualTo(5000);
    }
}
