package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What the audit record says of who came in, was refused, or got other rights. */
@Tag("T2")
@Tag("G1")
@Timeout(60)
class TrailTest {
    private static TestKernel kernel;
    private static Company company;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start();
        company = new Company(kernel);
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static JsonNode newest(String action) {
        TestResponse found = kernel.get("/api/v1/kernel/audit?action=" + action);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.body().at("/items/0");
    }

    private static void assertSays(JsonNode entry, String outcome, String actor, String target) {
        assertThat(entry.path("outcome").asString()).isEqualTo(outcome);
        assertThat(entry.path("actor").asString()).isEqualTo(actor);
        assertThat(entry.path("target").asString()).isEqualTo(target);
        assertThat(entry.path("source").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void signingInIsOnRecordWhetherItWentWellOrNot() {
        String id = company.join("ann@example.org", "viewer");
        Browser ann = new Browser(kernel);

        ann.signIn("ann@example.org", "not the password");
        assertSays(newest("kernel.sign-in"), "REFUSED", "anonymous", "user/" + id);
        assertThat(newest("kernel.sign-in").at("/details/reason").asString()).isEqualTo("password");

        ann.signIn("ann@example.org", Company.PASSWORD);
        assertSays(newest("kernel.sign-in"), "DONE", "user:" + id, "user/" + id);

        new Browser(kernel).signIn("nobody@example.org", "x");
        assertSays(newest("kernel.sign-in"), "REFUSED", "anonymous", "user/unknown");

        company.admin("PATCH", "users/" + id, "{\"state\":\"LOCKED\"}");
        new Browser(kernel).signIn("ann@example.org", Company.PASSWORD);
        assertThat(newest("kernel.sign-in").at("/details/reason").asString()).isEqualTo("account closed");
        assertThat(newest("kernel.user.changed").at("/details/state").asString())
                .isEqualTo("ACTIVE -> LOCKED");
        TestResponse all = kernel.get("/api/v1/kernel/audit?limit=100");
        assertThat(all.text()).doesNotContain("example.org").doesNotContain(Company.PASSWORD);
    }

    @Test
    void invitationsAreOnRecordWhenMadeAndWhenAccepted() {
        TestResponse invited = company.invite("ben@example.org", "viewer");
        String invitation =
                "invitation/" + invited.body().path("invitation").path("id").asString();
        assertThat(newest("kernel.invitation.created").path("target").asString())
                .isEqualTo(invitation);

        TestResponse accepted = company.accept(invited.body().path("token").asString(), Company.PASSWORD);

        String user = accepted.body().path("userId").asString();
        assertSays(newest("kernel.invitation.accepted"), "DONE", "user:" + user, invitation);
    }

    @Test
    void tokensAreOnRecordWhenGrantedAndWhenAStolenOneComesBack() {
        String refresh = company.open("POST", "tokens", "{\"apiKey\":\"" + kernel.adminKey() + "\"}")
                .body()
                .path("refreshToken")
                .asString();
        JsonNode granted = newest("kernel.token.granted");
        assertThat(granted.path("actorKind").asString()).isEqualTo("API_KEY");
        String json = "{\"refreshToken\":\"" + refresh + "\"}";
        company.open("POST", "tokens/refresh", json);

        assertThat(company.open("POST", "tokens/refresh", json).status()).isEqualTo(401);

        assertSays(
                newest("kernel.token.refresh"),
                "REFUSED",
                "anonymous",
                granted.path("target").asString());
    }

    @Test
    void rolesKeysAndServiceAccountsAreOnRecordWithWhatTheyGrant() {
        company.admin("POST", "roles", "{\"name\":\"few\",\"permissions\":[\"kernel.roles.read\"]}");
        assertThat(newest("kernel.role.created").at("/details/permissions").asString())
                .isEqualTo("kernel.roles.read");
        company.admin("PUT", "roles/few", "{\"permissions\":[\"kernel.users.read\"]}");
        assertThat(newest("kernel.role.changed").at("/details/before").asString())
                .isEqualTo("kernel.roles.read");
        TestResponse account = company.admin("POST", "service-accounts", "{\"name\":\"bot\",\"roles\":[\"few\"]}");
        String service = account.body().path("id").asString();
        assertThat(newest("kernel.service-account.created").path("target").asString())
                .isEqualTo("service-account/" + service);

        TestResponse key = company.admin(
                "POST", "api-keys", "{\"name\":\"k\",\"permissions\":[\"*\"],\"serviceAccount\":\"" + service + "\"}");
        String target = "api-key/" + key.body().path("id").asString();
        assertThat(newest("kernel.api-key.created").at("/details/owner").asString())
                .isEqualTo("service:" + service);
        String path = "api-keys/" + key.body().path("id").asString();
        company.admin("POST", path + "/rotate", "{}");
        assertThat(newest("kernel.api-key.rotated").path("target").asString()).isEqualTo(target);
        company.admin("DELETE", path, "");
        assertThat(newest("kernel.api-key.revoked").path("target").asString()).isEqualTo(target);
        assertThat(kernel.get("/api/v1/kernel/audit?limit=100").text())
                .doesNotContain(key.body().path("key").asString());
    }

    @Test
    void whatIsRefusedForLackOfRightsChangesNothingAndIsOnRecord() {
        company.admin("POST", "roles", "{\"name\":\"makers\",\"permissions\":[\"kernel.roles.write\"]}");
        Browser max = company.person("max@example.org", "makers");

        max.post("roles", "{\"name\":\"all\",\"permissions\":[\"*\"]}");

        JsonNode refused = newest("POST%20/api/v1/kernel/roles");
        assertThat(refused.path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(refused.path("status").asInt()).isEqualTo(403);
    }
}
