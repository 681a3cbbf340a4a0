package dev.mortise.openai.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@Tag("R2")
final class OpenAiSettingsTest {
    private static OpenAiSettings read(String servers) {
        return new JsonMapper().readValue("{\"servers\":" + servers.replace('\'', '"') + "}", OpenAiSettings.class);
    }

    @Test
    void noSettingsAreNoServers() {
        assertThat(new JsonMapper().readValue("{}", OpenAiSettings.class).servers())
                .isEmpty();
    }

    @Test
    void aServerIsReadWithItsDefaults() {
        ServerSettings server = read("[{'name':'main','baseUrl':'https://api.example.org/v1','chatModels':['a/b'],"
                        + "'embeddingModels':[{'id':'e','dimensions':384}],'requestTimeout':'PT5S'}]")
                .servers()
                .getFirst();
        assertThat(server.baseUrl()).hasToString("https://api.example.org/v1/");
        assertThat(server.requestTimeout()).hasSeconds(5);
        assertThat(server.key()).isEmpty();
        assertThat(server.chatModels()).isEqualTo(List.of("a/b"));
        assertThat(server.embeddingModels().getFirst().dimensions()).isEqualTo(384);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'baseUrl':'https://x/v1'}]",
                "[{'name':'Main','baseUrl':'https://x/v1'}]",
                "[{'name':'a'}]",
                "[{'name':'a','baseUrl':'ftp://x/v1'}]",
                "[{'name':'a','baseUrl':'https://user:sesame@x/v1'}]",
                "[{'name':'a','baseUrl':'https://x/v1?key=sesame'}]",
                "[{'name':'a','baseUrl':'https://x/v1'},{'name':'a','baseUrl':'https://y/v1'}]",
                "[{'name':'a','baseUrl':'https://x/v1','chatModels':['m','m']}]",
                "[{'name':'a','baseUrl':'https://x/v1','requestTimeout':'PT0.1S'}]",
                "[{'name':'a','baseUrl':'https://x/v1','apiKey':'sesame\\nx'}]",
                "[{'name':'a','baseUrl':'https://x/v1','headers':{'Host':'sesame'}}]",
                "[{'name':'a','baseUrl':'https://x/v1','embeddingModels':[{'id':'e','dimensions':-1}]}]"
            })
    void whatCannotBeRightIsRefusedWithoutTellingSecrets(String servers) {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> read(servers))
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessageNotContaining("sesame");
    }

    @Test
    void aServerPrintsWithoutItsSecrets() {
        ServerSettings server = read("[{'name':'a','baseUrl':'http://models.example.org/v1','apiKey':'sesame',"
                        + "'headers':{'X-Token':'tahini'}}]")
                .servers()
                .getFirst();
        assertThat(server.toString()).doesNotContain("sesame").doesNotContain("tahini");
        assertThat(server.sendsKeyInTheClear()).isTrue();
    }

    @Test
    void dimensionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmbeddingModelSettings("e", 100_000));
    }
}
