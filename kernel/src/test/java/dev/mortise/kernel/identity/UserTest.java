package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People, as administrators see and change them. */
@Tag("T2")
@Timeout(60)
class UserTest {
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

    private static TestResponse change(String id, String json) {
        return company.admin("PATCH", "users/" + id, json);
    }

    @Test
    void peopleAreListedInPagesAndByState() {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            joined.add(company.join("page" + i + "@example.org"));
        }
        company.invite("waiting@example.org");

        var seen = new HashSet<String>();
        String after = "";
        do {
            var page = company.admin("GET", "users?limit=2" + after, "").body();
            page.path("items")
                    .forEach(user ->
                            assertThat(seen.add(user.path("id").asString())).isTrue());
            String next = page.path("next").asString("");
            after = next.isEmpty() ? "" : "&after=" + next;
        } while (!after.isEmpty());
        assertThat(seen).containsAll(joined);

        TestResponse invited = company.admin("GET", "users?state=invited", "");
        assertThat(invited.text()).contains("waiting@example.org").doesNotContain("page0@example.org");
        assertThat(company.admin("GET", "users?state=x'--", "").status()).isEqualTo(400);
        assertThat(company.admin("GET", "users?after=1", "").status()).isEqualTo(400);
        assertThat(company.admin("GET", "users?limit=0", "").status()).isEqualTo(400);
    }

    @Test
    void whatIsNotSentStays() {
        String id = company.join("stays@example.org", "viewer");

        TestResponse changed = change(id, "{\"displayName\":\"  Sta Ys \"}");

        assertThat(changed.body().path("displayName").asString()).isEqualTo("Sta Ys");
        assertThat(changed.body().path("state").asString()).isEqualTo("ACTIVE");
        assertThat(changed.body().path("roles").toString()).isEqualTo("[\"viewer\"]");
        assertThat(changed.text()).doesNotContain("argon2").doesNotContain("assword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCKED", "DISABLED"})
    void whoeverIsLockedOrDisabledIsOutAtOnceAndMayComeBack(String state) {
        String email = state.toLowerCase(Locale.ROOT) + "@example.org";
        Browser person = company.person(email, "viewer");
        String id = person.get("me").body().path("user").path("id").asString();
        String pair = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, Company.PASSWORD);
        TestResponse tokens = company.open("POST", "tokens", pair);
        String access = tokens.body().path("accessToken").asString();
        String refresh = tokens.body().path("refreshToken").asString();
        assertThat(company.bearer(access, "GET", "me", "").status()).isEqualTo(200);

        assertThat(change(id, "{\"state\":\"" + state + "\"}").status()).isEqualTo(200);

        assertThat(person.get("me").status()).isEqualTo(401);
        assertThat(company.bearer(access, "GET", "me", "").status()).isEqualTo(401);
        assertThat(company.open("POST", "tokens/refresh", "{\"refreshToken\":\"" + refresh + "\"}")
                        .status())
                .isEqualTo(401);
        TestResponse closed = new Browser(kernel).signIn(email, Company.PASSWORD);
        assertThat(closed.body().path("code").asString()).isEqualTo("kernel.account-closed");
        assertThat(new Browser(kernel)
                        .signIn(email, "wrong password here")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("kernel.credentials-refused");

        assertThat(change(id, "{\"state\":\"ACTIVE\"}").status()).isEqualTo(200);
        assertThat(new Browser(kernel).signIn(email, Company.PASSWORD).status()).isEqualTo(201);
        assertThat(person.get("me").status()).isEqualTo(401);
    }

    @Test
    void nobodyBecomesActiveWithoutAPassword() {
        String id = company.invite("early@example.org")
                .body()
                .path("invitation")
                .path("userId")
                .asString();

        assertThat(change(id, "{\"state\":\"ACTIVE\"}").status()).isEqualTo(409);
        assertThat(change(id, "{\"state\":\"LOCKED\"}").status()).isEqualTo(409);
        assertThat(change(id, "{\"state\":\"DISABLED\"}").status()).isEqualTo(200);
        TestResponse back = change(id, "{\"state\":\"ACTIVE\"}");
        assertThat(back.body().path("state").asString()).isEqualTo("INVITED");
        assertThat(company.admin("POST", "invitations/again", "{\"userId\":\"" + id + "\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void otherRolesEndTheSessionsThatWereOpenedWithTheFormer() {
        Browser person = company.person("moved@example.org", "admin");
        String id = person.get("me").body().path("user").path("id").asString();
        company.join("another@example.org", "admin");

        change(id, "{\"roles\":[\"viewer\"]}");

        assertThat(person.get("me").status()).isEqualTo(401);
        person.csrf = null;
        person.signIn("moved@example.org", Company.PASSWORD);
        assertThat(person.get("users").status()).isEqualTo(403);
    }

    @Test
    void anAdministratorSignsAPersonOut() {
        Browser person = company.person("out@example.org");
        String id = person.get("me").body().path("user").path("id").asString();

        assertThat(company.admin("DELETE", "users/" + id + "/sessions", "").status())
                .isEqualTo(204);

        assertThat(person.get("me").status()).isEqualTo(401);
    }

    @Test
    void unknownRolesStatesFieldsAndPeopleAreRefused() {
        String id = company.join("odd@example.org");

        assertThat(change(id, "{\"roles\":[\"nobody-made-this\"]}").status()).isEqualTo(400);
        assertThat(change(id, "{\"roles\":[null]}").status()).isEqualTo(400);
        assertThat(change(id, "{\"roles\":\"admin\"}").status()).isEqualTo(400);
        assertThat(change(id, "{\"state\":\"INVITED\"}").status()).isEqualTo(409);
        assertThat(change(id, "{\"state\":\"GONE\"}").status()).isEqualTo(400);
        assertThat(change("01890000-0000-7000-8000-000000000000", "{}").status())
                .isEqualTo(404);
        assertThat(change("x'--", "{}").status()).isEqualTo(404);
    }

    @Test
    void oneAdministratorAlwaysStays() throws Exception {
        try (TestKernel fresh = TestKernel.start()) {
            Company alone = new Company(fresh);
            String first = alone.join("first@example.org", "admin");
            for (String json : List.of("{\"roles\":[]}", "{\"state\":\"LOCKED\"}", "{\"state\":\"DISABLED\"}")) {
                TestResponse refused = alone.admin("PATCH", "users/" + first, json);
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.body().path("code").asString()).isEqualTo("kernel.last-administrator");
            }

            String second = alone.join("second@example.org", "admin");
            int demoted = 0;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Integer>> both = List.of(
                        () -> alone.admin("PATCH", "users/" + first, "{\"roles\":[]}")
                                .status(),
                        () -> alone.admin("PATCH", "users/" + second, "{\"roles\":[]}")
                                .status());
                for (var answer : threads.invokeAll(both)) {
                    demoted += answer.get() == 200 ? 1 : 0;
                }
            }
            assertThat(demoted).isEqualTo(1);
        }
    }
}
