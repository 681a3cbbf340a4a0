package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database, and two tenants in it. */
@Tag("T2")
@Tag("K6")
@Timeout(120)
class TwoNodesTest {
    private static final String KEY_OF_OTHER_TENANT = "key-of-another-tenant-0123456789abcdefgh";
    /** What is promised, and a little for a busy machine. */
    private static final Duration PROMISED = Duration.ofSeconds(6);

    @TempDir
    static Path folder;

    private static final DatabaseAddress DATABASE = TestDatabase.fresh();
    private static TestKernel one;
    private static TestKernel two;
    private static Company here;
    private static Company there;

    @BeforeAll
    static void start() throws Exception {
        one = TestKernel.node("one", DATABASE, folder.resolve("one"), "");
        two = TestKernel.node("two", DATABASE, folder.resolve("two"), "");
        here = new Company(one);
        there = new Company(two);
        try (Connection owner = TestDatabase.connect(DATABASE);
                PreparedStatement key = owner.prepareStatement("""
                        WITH t AS (INSERT INTO mortise.tenant (name) VALUES ('rival') RETURNING id)
                        INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions)
                        SELECT id, 'first', 'rival', ?, '{*}' FROM t""")) {
            key.setBytes(1, OpaqueToken.sha256(KEY_OF_OTHER_TENANT));
            key.executeUpdate();
        }
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    private static void becomes401(String what, IntSupplier status) {
        long begin = System.nanoTime();
        while (status.getAsInt() != 401) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(PROMISED);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static TestResponse key(String name) {
        return here.admin("POST", "api-keys", "{\"name\":\"" + name + "\",\"permissions\":[\"kernel.roles.read\"]}");
    }

    @Test
    void whatIsRevokedOnOneNodeEndsOnTheOtherWithinFiveSeconds() {
        TestResponse made = key("shared");
        String key = made.body().path("key").asString();
        String access = there.open("POST", "tokens", "{\"apiKey\":\"" + key + "\"}")
                .body()
                .path("accessToken")
                .asString();
        assertThat(there.bearer(key, "GET", "roles", "").status()).isEqualTo(200);
        assertThat(there.bearer(access, "GET", "roles", "").status()).isEqualTo(200);
        Browser ann = there.person("ann@example.org", "viewer");
        String id = ann.get("me").body().path("user").path("id").asString();

        assertThat(here.admin("DELETE", "api-keys/" + made.body().path("id").asString(), "")
                        .status())
                .isEqualTo(204);
        here.admin("PATCH", "users/" + id, "{\"state\":\"DISABLED\"}");

        becomes401("key", () -> there.bearer(key, "GET", "roles", "").status());
        becomes401("token", () -> there.bearer(access, "GET", "roles", "").status());
        becomes401("session", () -> ann.get("me").status());
    }

    @Test
    void aSessionAndATokenOfOneNodeAreGoodOnTheOther() {
        here.join("ben@example.org", "viewer");
        Browser ben = new Browser(one);
        ben.signIn("ben@example.org", Company.PASSWORD);
        Browser same = new Browser(two);
        same.cookie = ben.cookie;
        same.csrf = ben.csrf;

        assertThat(same.patch("me", "{\"displayName\":\"Ben\"}").status()).isEqualTo(200);
        String access = here.open("POST", "tokens", "{\"apiKey\":\"" + one.adminKey() + "\"}")
                .body()
                .path("accessToken")
                .asString();
        assertThat(there.bearer(access, "GET", "users", "").status()).isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherTenantSeesNothingOfThisOne() throws Exception {
        String mine = here.join("cleo@example.org", "viewer");
        String access = there.open("POST", "tokens", "{\"apiKey\":\"" + KEY_OF_OTHER_TENANT + "\"}")
                .body()
                .path("accessToken")
                .asString();

        assertThat(here.bearer(access, "GET", "users", "").body().path("items")).isEmpty();
        assertThat(here.bearer(access, "GET", "users/" + mine, "").status()).isEqualTo(404);
        assertThat(here.bearer(access, "PATCH", "users/" + mine, "{\"state\":\"DISABLED\"}")
                        .status())
                .isEqualTo(404);
        assertThat(here.bearer(access, "GET", "api-keys", "").body().path("items"))
                .hasSize(1);
        String keyOfMine = key("mine").body().path("id").asString();
        assertThat(here.bearer(access, "DELETE", "api-keys/" + keyOfMine, "").status())
                .isEqualTo(404);
        assertThat(here.bearer(access, "POST", "api-keys/" + keyOfMine + "/rotate", "{}")
                        .status())
                .isEqualTo(404);

        // The other tenant's claim under this tenant's signature breaks the signature.
        String own = here.open("POST", "tokens", "{\"apiKey\":\"" + one.adminKey() + "\"}")
                .body()
                .path("accessToken")
                .asString();
        String mixed = SignedJWT.parse(own).getHeader().toBase64URL()
                + "." + SignedJWT.parse(access).getPayload().toBase64URL()
                + "." + SignedJWT.parse(own).getSignature();
        assertThat(here.bearer(mixed, "GET", "me", "").status()).isEqualTo(401);
    }

    @Test
    void thePeopleOfAnotherTenantSignInThereAndNotHere() {
        String invitation = here.bearer(
                        KEY_OF_OTHER_TENANT,
                        "POST",
                        "invitations",
                        "{\"email\":\"eve@example.org\",\"roles\":[\"admin\"]}")
                .body()
                .path("token")
                .asString();
        assertThat(here.accept(invitation, Company.PASSWORD).status()).isEqualTo(200);

        assertThat(new Browser(one).signIn("eve@example.org", Company.PASSWORD).status())
                .isEqualTo(401);
        Browser eve = new Browser(two);
        assertThat(eve.signIn("{\"tenant\":\"rival\",\"email\":\"eve@example.org\",\"password\":\"%s\"}"
                                .formatted(Company.PASSWORD))
                        .status())
                .isEqualTo(201);
        assertThat(eve.get("users").body().path("items")).hasSize(1);
    }
}
