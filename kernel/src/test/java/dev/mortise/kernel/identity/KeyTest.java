package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys with owners, and service accounts, over HTTP. */
@Tag("T4")
@Timeout(60)
class KeyTest {
    private static TestKernel kernel;
    private static Company company;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start();
        company = new Company(kernel);
        company.admin(
                "POST",
                "roles",
                "{\"name\":\"readers\",\"permissions\":[\"kernel.roles.read\",\"kernel.users.read\"]}");
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static String service(String name, String role) {
        TestResponse made =
                company.admin("POST", "service-accounts", "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body().path("id").asString();
    }

    private static TestResponse keyOf(String service, String permission) {
        TestResponse made = company.admin(
                "POST",
                "api-keys",
                "{\"name\":\"k\",\"permissions\":[\"%s\"],\"serviceAccount\":\"%s\"}".formatted(permission, service));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private static String secret(TestResponse made) {
        return made.body().path("key").asString();
    }

    private static int reading(String key, String path) {
        return company.bearer(key, "GET", path, "").status();
    }

    private static TestResponse rotate(TestResponse key, int graceSeconds) {
        return company.admin(
                "POST",
                "api-keys/" + key.body().path("id").asString() + "/rotate",
                "{\"graceSeconds\":" + graceSeconds + "}");
    }

    @Test
    void aKeyOfAServiceAccountMayDoWhatBothItsScopeAndItsRolesGrant() {
        String service = service("reader", "readers");
        String narrow = secret(keyOf(service, "kernel.roles.read"));
        String wide = secret(keyOf(service, "*"));

        assertThat(reading(narrow, "roles")).isEqualTo(200);
        assertThat(reading(narrow, "users")).isEqualTo(403);
        assertThat(reading(wide, "users")).isEqualTo(200);
        assertThat(reading(wide, "api-keys")).isEqualTo(403);
        TestResponse me = company.bearer(wide, "GET", "me", "");
        assertThat(me.body().path("principal").asString()).isEqualTo("service:" + service);
        assertThat(me.body().path("kind").asString()).isEqualTo("SERVICE_ACCOUNT");
    }

    @Test
    void aDisabledServiceAccountIsOutWithAllItsKeysAndTokens() {
        String service = service("off", "readers");
        String key = secret(keyOf(service, "*"));
        TestResponse tokens = company.open("POST", "tokens", "{\"apiKey\":\"" + key + "\"}");
        String access = tokens.body().path("accessToken").asString();
        assertThat(reading(access, "roles")).isEqualTo(200);

        company.admin("PATCH", "service-accounts/" + service, "{\"state\":\"DISABLED\"}");

        assertThat(reading(key, "roles")).isEqualTo(401);
        assertThat(reading(access, "roles")).isEqualTo(401);
        assertThat(company.admin(
                                "POST",
                                "api-keys",
                                "{\"name\":\"k\",\"permissions\":[\"*\"],\"serviceAccount\":\"" + service + "\"}")
                        .status())
                .isEqualTo(409);
        company.admin("PATCH", "service-accounts/" + service, "{\"state\":\"ACTIVE\"}");
        assertThat(reading(key, "roles")).isEqualTo(200);
    }

    @Test
    void aKeyOfAPersonEndsWithThePersonsRightsAndWithThePerson() {
        Browser ann = company.person("ann@example.org", "readers");
        String id = ann.get("me").body().path("user").path("id").asString();
        company.admin("POST", "roles", "{\"name\":\"makers\",\"permissions\":[\"kernel.api-keys.write\"]}");
        company.admin("PATCH", "users/" + id, "{\"roles\":[\"readers\",\"makers\"]}");
        ann.csrf = null;
        ann.signIn("ann@example.org", Company.PASSWORD);
        String key = secret(ann.post("api-keys", "{\"name\":\"mine\",\"permissions\":[\"kernel.users.read\"]}"));
        assertThat(reading(key, "users")).isEqualTo(200);
        assertThat(reading(key, "roles")).isEqualTo(403);

        company.admin("PATCH", "users/" + id, "{\"roles\":[\"makers\"]}");
        assertThat(reading(key, "users")).isEqualTo(403);
        company.admin("PATCH", "users/" + id, "{\"state\":\"DISABLED\"}");
        assertThat(reading(key, "users")).isEqualTo(401);
    }

    @Test
    void aKeyOfAPersonIsNotThePerson() {
        Browser ben = company.person("ben@example.org", "admin");
        String key = secret(ben.post("api-keys", "{\"name\":\"mine\",\"permissions\":[\"*\"]}"));

        assertThat(company.bearer(key, "GET", "me/two-factor", "").status()).isEqualTo(403);
        assertThat(company.bearer(key, "PUT", "me/password", "{}").status()).isEqualTo(403);
        assertThat(company.bearer(key, "DELETE", "sessions/all", "").status()).isEqualTo(403);
    }

    @Test
    void nobodyGetsMoreByAServiceAccountThanHeHolds() {
        company.admin(
                "POST",
                "roles",
                "{\"name\":\"machinists\",\"permissions\":[\"kernel.api-keys.write\",\"kernel.service-accounts.write\"]}");
        Browser max = company.person("max@example.org", "machinists");
        String strong = service("strong", "admin");
        TestResponse strongKey = keyOf(strong, "*");
        String weak = service("weak", "machinists");

        String ofStrong = "{\"name\":\"k\",\"permissions\":[\"*\"],\"serviceAccount\":\"" + strong + "\"}";
        assertThat(max.post("api-keys", ofStrong).status()).isEqualTo(403);
        // The weak account may become strong later, and the key with it.
        assertThat(max.post("api-keys", ofStrong.replace(strong, weak)).status())
                .isEqualTo(403);
        assertThat(max.post("service-accounts", "{\"name\":\"x\",\"roles\":[\"admin\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(max.patch("service-accounts/" + weak, "{\"roles\":[\"admin\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(max.patch("service-accounts/" + strong, "{\"state\":\"DISABLED\"}")
                        .status())
                .isEqualTo(403);
        String rotation = "api-keys/" + strongKey.body().path("id").asString() + "/rotate";
        assertThat(max.post(rotation, "{}").status()).isEqualTo(403);
        String own = "{\"name\":\"k\",\"permissions\":[\"kernel.api-keys.write\"],\"serviceAccount\":\"" + weak + "\"}";
        assertThat(max.post("api-keys", own).status()).isEqualTo(201);
    }

    @Test
    void theFormerSecretIsGoodForTheGracePeriodAndTheOneBeforeItIsNot() {
        TestResponse first = keyOf(service("rotating", "readers"), "*");
        TestResponse second = rotate(first, 3600);
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(reading(secret(first), "roles")).isEqualTo(200);
        assertThat(reading(secret(second), "roles")).isEqualTo(200);

        TestResponse third = rotate(first, 3600);

        assertThat(reading(secret(first), "roles")).isEqualTo(401);
        assertThat(reading(secret(second), "roles")).isEqualTo(200);
        assertThat(reading(secret(third), "roles")).isEqualTo(200);
    }

    @Test
    void withoutGraceTheFormerSecretAndWhatCameOfItEndAtOnce() {
        TestResponse first = keyOf(service("leaked", "readers"), "*");
        TestResponse tokens = company.open("POST", "tokens", "{\"apiKey\":\"" + secret(first) + "\"}");
        String access = tokens.body().path("accessToken").asString();
        assertThat(reading(access, "roles")).isEqualTo(200);

        TestResponse second = rotate(first, 0);

        assertThat(reading(secret(first), "roles")).isEqualTo(401);
        assertThat(reading(access, "roles")).isEqualTo(401);
        String refresh =
                "{\"refreshToken\":\"" + tokens.body().path("refreshToken").asString() + "\"}";
        assertThat(company.open("POST", "tokens/refresh", refresh).status()).isEqualTo(401);
        assertThat(reading(secret(second), "roles")).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsNeitherGoodNorRotatedNorRevokedAgain() {
        TestResponse key = keyOf(service("gone", "readers"), "*");
        String path = "api-keys/" + key.body().path("id").asString();

        assertThat(company.admin("DELETE", path, "").status()).isEqualTo(204);

        assertThat(reading(secret(key), "roles")).isEqualTo(401);
        assertThat(company.open("POST", "tokens", "{\"apiKey\":\"" + secret(key) + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(company.admin("DELETE", path, "").status()).isEqualTo(404);
        assertThat(rotate(key, 0).status()).isEqualTo(404);
    }

    @Test
    void aKeyIsToldOnceAndNeverListed() {
        TestResponse key = keyOf(service("listed", "readers"), "*");

        assertThat(key.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(rotate(key, 60).headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(company.invite("secret@example.org").headers().firstValue("Cache-Control"))
                .contains("no-store");

        TestResponse list = company.admin("GET", "api-keys?limit=500", "");

        assertThat(list.text())
                .contains(key.body().path("prefix").asString())
                .doesNotContain(secret(key).substring(12))
                .doesNotContain("hash");
    }

    @Test
    void aKeyIsNotMadeForThePastOrWithOddGrace() {
        String expired = "{\"name\":\"k\",\"permissions\":[\"*\"],\"expiresAt\":\"" + Instant.EPOCH + "\"}";
        assertThat(company.admin("POST", "api-keys", expired).status()).isEqualTo(400);
        TestResponse key = keyOf(service("odd", "readers"), "*");
        assertThat(rotate(key, -1).status()).isEqualTo(400);
        assertThat(rotate(key, 1_000_000_000).status()).isEqualTo(400);
    }
}
