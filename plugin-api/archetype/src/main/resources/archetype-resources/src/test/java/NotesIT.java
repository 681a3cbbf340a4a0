package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.testkit.MortiseServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged plugin in a real server. */
class NotesIT {
    private static final String NOTES = "/api/v1/${artifactId}/notes";

    @RegisterExtension
    static final MortiseServer server =
            MortiseServer.withPluginUnderTest().settings("${artifactId}: {mostCharacters: 20}");

    @Test
    void aNoteIsKeptAndShown() {
        TestResponse added = server.post(NOTES, "{\"text\": \"Buy milk\"}");

        assertThat(added.status()).isEqualTo(201);
        String id = added.body().path("id").asString();
        assertThat(server.get(NOTES + "/" + id).body().path("text").asString()).isEqualTo("Buy milk");
        assertThat(server.get(NOTES + "?limit=1").body().path("items").path(0).path("id").asString())
                .isEqualTo(id);
    }

    @Test
    void aNoteThatIsTooLongIsRefusedWithWhatToDo() {
        TestResponse refused = server.post(NOTES, "{\"text\": \"This is longer than twenty characters\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").asString()).isEqualTo("${artifactId}.note-refused");
        assertThat(refused.body().path("remedy").asString()).contains("20");
    }

    @Test
    void readingNeedsItsPermission() {
        assertThat(server.caller("${artifactId}.notes.read").get(NOTES).status()).isEqualTo(200);
        assertThat(server.caller("${artifactId}.notes.write").get(NOTES).status()).isEqualTo(403);
        assertThat(server.stranger().get(NOTES).status()).isEqualTo(401);
    }

    @Test
    void anotherTenantSeesNothing() {
        server.post(NOTES, "{\"text\": \"Ours\"}");

        assertThat(server.tenant("another").get(NOTES).body().path("items")).isEmpty();
    }
}
