package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How people come in, and who cannot. */
@Tag("T2")
@Timeout(60)
class InvitationTest {
    private static TestKernel kernel;
    private static Company company;

    @BeforeAll
    static void start() {
        // All these requests come from one address.
        kernel = TestKernel.with("limits: {address: {requests: 100000, seconds: 60}}");
        company = new Company(kernel);
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    @Test
    void anInvitationWorksOnce() {
        String token = company.invite("once@example.org").body().path("token").asString();

        assertThat(company.accept(token, Company.PASSWORD).status()).isEqualTo(200);

        TestResponse again = company.accept(token, "another password of mine");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body().path("code").asString()).isEqualTo("kernel.invitation-invalid");
        assertThat(new Browser(kernel)
                        .signIn("once@example.org", Company.PASSWORD)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void ofTwoWhoAcceptAtOnceOneIsLetIn() throws Exception {
        String token = company.invite("race@example.org").body().path("token").asString();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> accept =
                    () -> company.accept(token, Company.PASSWORD).status();
            var answers =
                    threads.invokeAll(Stream.generate(() -> accept).limit(6).toList());

            int accepted = 0;
            for (var answer : answers) {
                accepted += answer.get() == 200 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
    }

    @Test
    void aRevokedInvitationIsRefusedAndASecondOneEndsTheFirst() {
        TestResponse first = company.invite("later@example.org");
        String user = first.body().path("invitation").path("userId").asString();
        TestResponse second = company.admin("POST", "invitations/again", "{\"userId\":\"" + user + "\"}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(company.accept(first.body().path("token").asString(), Company.PASSWORD)
                        .status())
                .isEqualTo(404);

        String id = second.body().path("invitation").path("id").asString();
        assertThat(company.admin("DELETE", "invitations/" + id, "").status()).isEqualTo(204);
        assertThat(company.accept(second.body().path("token").asString(), Company.PASSWORD)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anInvitationTellsNeitherTokenNorHashWhenItIsListed() {
        String token = company.invite("listed@example.org").body().path("token").asString();

        TestResponse list = company.admin("GET", "invitations", "");

        assertThat(list.text())
                .contains("listed@example.org")
                .doesNotContain(token)
                .doesNotContain("hash");
    }

    @Test
    void aPersonIsInvitedOnceWhateverTheSpelling() {
        assertThat(company.invite("Uma@Example.org").status()).isEqualTo(201);
        assertThat(company.invite("uma@example.ORG").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "@example.org",
                "a@b",
                "a b@example.org",
                "a@exa mple.org",
                "a..b@example.org",
                ".a@example.org",
                "a@-example.org",
                "a@example..org",
                "\\u0000a@example.org",
                "a@example.org\\u0000",
                "a\\u200b@example.org",
                "\\u0430nn@example.org",
                "\\uff41nn@example.org",
                "\\u212aate@example.org",
                "ann@exam\\u202eple.org",
                "ann\\r\\nBcc: x@example.org",
                "\\\"quoted\\\"@example.org",
                "ann@[127.0.0.1]",
                "x'); DROP TABLE mortise.user_account; --@example.org"
            })
    void whatIsNoAddressOrLooksLikeAnotherOneIsRefused(String email) {
        TestResponse refused = company.invite(email);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    }

    @Test
    void anAddressOfAMegabyteIsRefusedAtOnce() {
        assertThat(company.invite("a".repeat(1 << 20) + "@example.org").status())
                .isEqualTo(400);
        assertThat(new Browser(kernel)
                        .signIn("a".repeat(1 << 20) + "@example.org", "x")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aForeignDomainIsKeptInItsAsciiForm() {
        TestResponse invited = company.invite("ann@b\\u00fccher.example");

        assertThat(invited.body().path("invitation").path("email").asString()).isEqualTo("ann@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "password1234",
                "Password1234!!",
                "qwertyuiopasdf",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "abcdefghijklmnop",
                "weak@example.org",
                "my weak@example.org pw",
                "tabs\\tand other things"
            })
    void aWeakPasswordIsRefusedAndTheInvitationStays(String password) {
        String user = invitedOnce();
        String token = company.admin("POST", "invitations/again", "{\"userId\":\"" + user + "\"}")
                .body()
                .path("token")
                .asString();

        TestResponse refused = company.accept(token, password);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("code").asString()).isEqualTo("kernel.password-refused");
        assertThat(refused.text()).doesNotContain(password.length() > 8 ? password : "\u0000");
        assertThat(company.open("POST", "invitations/accept", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(422);
    }

    private static String invitedOnce() {
        TestResponse invited = company.invite("weak@example.org");
        return invited.status() == 201
                ? invited.body().path("invitation").path("userId").asString()
                : idOf("weak@example.org");
    }

    private static String idOf(String email) {
        for (var user : company.admin("GET", "users?limit=500", "").body().path("items")) {
            if (user.path("email").asString().equals(email)) {
                return user.path("id").asString();
            }
        }
        throw new AssertionError(email);
    }

    @Test
    void namesWithControlOrHiddenCharactersAreRefused() {
        for (String name : new String[] {"a\\u0000b", "a\\u202eb", "a\\nb", "a\\u200bb", "\\ud800"}) {
            TestResponse refused = company.admin(
                    "POST", "invitations", "{\"email\":\"n@example.org\",\"displayName\":\"" + name + "\"}");
            assertThat(refused.status()).as(name).isEqualTo(400);
        }
    }

    @Test
    void anExpiredInvitationIsRefused() throws Exception {
        String token = company.admin("POST", "invitations", "{\"email\":\"slow@example.org\",\"validSeconds\":1}")
                .body()
                .path("token")
                .asString();
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (company.accept(token, "short").status() != 404 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(company.accept(token, Company.PASSWORD).status()).isEqualTo(404);
    }
}
