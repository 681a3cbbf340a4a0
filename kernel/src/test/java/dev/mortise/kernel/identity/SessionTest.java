package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People at their browsers, over HTTP. */
@Tag("T2")
@Timeout(60)
class SessionTest {
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

    @Test
    void aPersonIsInvitedAcceptsSignsInAndOut() {
        Browser ann = company.person("ann@example.org", "admin");

        TestResponse me = ann.get("me");
        assertThat(me.body().path("user").path("email").asString()).isEqualTo("ann@example.org");
        assertThat(me.body().path("permissions").toString()).isEqualTo("[\"*\"]");
        assertThat(ann.get("plugins").status()).isEqualTo(200);

        String held = ann.cookie;
        assertThat(ann.delete("sessions").status()).isEqualTo(204);
        assertThat(ann.cookie).isNull();
        ann.cookie = held;
        assertThat(ann.get("me").status()).isEqualTo(401);
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        company.join("cookie@example.org");
        TestResponse signedIn = new Browser(kernel).signIn("cookie@example.org", Company.PASSWORD);

        assertThat(signedIn.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/")
                .doesNotContain("Secure");
        assertThat(signedIn.text()).doesNotContain("ms_");
    }

    @Test
    void aCookieWithoutItsTokenChangesNothing() {
        Browser ben = company.person("ben@example.org", "admin");

        TestResponse foreign =
                ben.postForeign("roles", "{\"name\":\"planted\",\"permissions\":[\"kernel.roles.read\"]}");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body().path("code").asString()).isEqualTo("kernel.csrf");

        Browser eve = company.person("eve@example.org");
        ben.csrf = eve.csrf;
        assertThat(ben.patch("me", "{\"displayName\":\"Mallory\"}").status()).isEqualTo(403);
        assertThat(ben.get("me").status()).isEqualTo(200);
    }

    @Test
    void aCookieThatSomebodyPlantedIsWorthNothingAfterSigningIn() {
        company.join("cleo@example.org");
        Browser cleo = new Browser(kernel);
        cleo.cookie = "ms_" + "A".repeat(43);
        String planted = cleo.cookie;

        assertThat(cleo.signIn("cleo@example.org", Company.PASSWORD).status()).isEqualTo(201);

        assertThat(cleo.cookie).isNotEqualTo(planted);
        cleo.cookie = planted;
        assertThat(cleo.get("me").status()).isEqualTo(401);
    }

    @Test
    void signingInAgainEndsTheFormerSession() {
        Browser dora = company.person("dora@example.org");
        String former = dora.cookie;

        assertThat(dora.signIn("dora@example.org", Company.PASSWORD).status()).isEqualTo(201);

        assertThat(dora.get("sessions").body().path("items")).hasSize(1);
        dora.cookie = former;
        assertThat(dora.get("me").status()).isEqualTo(401);
    }

    @Test
    void ownSessionsAreListedAndEndedOneByOneAndThoseOfOthersNotFound() {
        Browser here = company.person("finn@example.org");
        Browser there = new Browser(kernel);
        there.signIn("finn@example.org", Company.PASSWORD);
        Browser other = company.person("gus@example.org");
        String idOfOther =
                other.get("sessions").body().path("items").path(0).path("id").asString();

        var items = here.get("sessions").body().path("items");
        assertThat(items).hasSize(2);
        String idOfThere = items.path(0).path("current").asBoolean()
                ? items.path(1).path("id").asString()
                : items.path(0).path("id").asString();
        assertThat(here.delete("sessions/" + idOfThere).status()).isEqualTo(204);
        assertThat(there.get("me").status()).isEqualTo(401);
        assertThat(here.delete("sessions/" + idOfOther).status()).isEqualTo(404);
        assertThat(other.get("me").status()).isEqualTo(200);
    }

    @Test
    void signingOutEverywhereEndsAll() {
        Browser here = company.person("hal@example.org");
        Browser there = new Browser(kernel);
        there.signIn("hal@example.org", Company.PASSWORD);

        assertThat(here.delete("sessions/all").status()).isEqualTo(204);

        assertThat(there.get("me").status()).isEqualTo(401);
    }

    @Test
    void aNewPasswordRenewsTheSessionAndEndsTheOthers() {
        Browser here = company.person("ida@example.org");
        Browser there = new Browser(kernel);
        there.signIn("ida@example.org", Company.PASSWORD);
        String former = here.cookie;

        TestResponse wrong =
                here.put("me/password", "{\"currentPassword\":\"nonsense\",\"newPassword\":\"green lamp of winter\"}");
        assertThat(wrong.status()).isEqualTo(401);
        TestResponse changed = here.put(
                "me/password",
                "{\"currentPassword\":\"" + Company.PASSWORD + "\",\"newPassword\":\"green lamp of winter\"}");

        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
        assertThat(here.cookie).isNotEqualTo(former);
        assertThat(here.patch("me", "{\"displayName\":\"Ida B\"}").status()).isEqualTo(200);
        assertThat(there.get("me").status()).isEqualTo(401);
        assertThat(new Browser(kernel)
                        .signIn("ida@example.org", Company.PASSWORD)
                        .status())
                .isEqualTo(401);
        assertThat(new Browser(kernel)
                        .signIn("ida@example.org", "green lamp of winter")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void preferencesAreAJsonObjectOfABoundedSize() {
        Browser jo = company.person("jo@example.org");

        assertThat(jo.put("me/preferences", "{\"theme\":\"dark\"}").status()).isEqualTo(200);
        assertThat(jo.get("me/preferences").body().path("theme").asString()).isEqualTo("dark");
        assertThat(jo.put("me/preferences", "[1]").status()).isEqualTo(400);
        assertThat(jo.put("me/preferences", "{\"x\":\"\\u0000\"}").status()).isEqualTo(400);
        assertThat(jo.put("me/preferences", "{\"x\":\"" + "y".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aKeyIsNoPersonAndChangesNoProfile() {
        assertThat(company.admin("PUT", "me/preferences", "{}")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("kernel.person-needed");
        assertThat(company.admin("GET", "me", "").body().path("kind").asString())
                .isEqualTo("API_KEY");
    }

    @Test
    void strangersReachOnlyWhatIsOpenToThem() {
        assertThat(company.open("GET", "me", "").status()).isEqualTo(401);
        assertThat(company.open("GET", "users", "").status()).isEqualTo(401);
        assertThat(company.open("GET", "info", "").status()).isEqualTo(401);
        assertThat(company.open("GET", "tokens/keys", "").status()).isEqualTo(200);
        assertThat(company.open("GET", "me", "").headers().firstValue("WWW-Authenticate"))
                .isPresent();
    }
}
