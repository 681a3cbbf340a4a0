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

/** Codes of an authenticator app as the second factor, over HTTP. */
@Tag("T2")
@Timeout(60)
class SecondFactorTest {
    private static final String PROOF = "{\"password\":\"" + Company.PASSWORD + "\"}";

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

    /** A person with a second factor, the app's seed and the recovery codes. */
    private record Enrolled(String email, Browser browser, Totp app, TestResponse confirmed) {
        String recoveryCode(int i) {
            return confirmed.body().path("recoveryCodes").path(i).asString();
        }

        /** The code after the one that confirmed, which the server takes as one step ahead. */
        String nextCode() {
            return app.code(Instant.now().plusSeconds(30));
        }

        TestResponse signIn(String code) {
            return new Browser(kernel)
                    .signIn("{\"email\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
                            .formatted(email, Company.PASSWORD, code));
        }
    }

    private static Enrolled enrolled(String email) {
        Browser browser = company.person(email);
        TestResponse begun = browser.post("me/two-factor", PROOF);
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        Totp app = Totp.of(base32(begun.body().path("secret").asString()));
        TestResponse confirmed =
                browser.post("me/two-factor/confirm", "{\"code\":\"" + app.code(Instant.now()) + "\"}");
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        return new Enrolled(email, browser, app, confirmed);
    }

    private static byte[] base32(String text) {
        java.math.BigInteger number = java.math.BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            number = number.shiftLeft(5)
                    .or(java.math.BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i))));
        }
        byte[] bytes = number.toByteArray();
        byte[] seed = new byte[Totp.SEED_BYTES];
        int from = Math.max(0, bytes.length - seed.length);
        System.arraycopy(bytes, from, seed, seed.length - (bytes.length - from), bytes.length - from);
        return seed;
    }

    @Test
    void signingInThenTakesACodeWhichWorksOnce() {
        Enrolled ann = enrolled("two@example.org");

        TestResponse without = new Browser(kernel).signIn(ann.email(), Company.PASSWORD);
        assertThat(without.body().path("code").asString()).isEqualTo("kernel.second-factor-needed");
        String code = ann.nextCode();
        assertThat(ann.signIn(code).status()).isEqualTo(201);
        assertThat(ann.signIn(code).status()).isEqualTo(401);
        assertThat(ann.signIn("000000").status()).isEqualTo(401);
    }

    @Test
    void theCodeThatConfirmedIsNotTakenAgain() {
        Enrolled ben = enrolled("replay@example.org");

        assertThat(ben.signIn(ben.app().code(Instant.now().minusSeconds(30))).status())
                .isEqualTo(401);
    }

    @Test
    void aRecoveryCodeWorksOnceAndAWrongPasswordDoesNotUseItUp() {
        Enrolled cleo = enrolled("recovery@example.org");
        assertThat(cleo.confirmed().body().path("recoveryCodes")).hasSize(10);

        TestResponse wrong = new Browser(kernel)
                .signIn("{\"email\":\"%s\",\"password\":\"wrong\",\"code\":\"%s\"}"
                        .formatted(cleo.email(), cleo.recoveryCode(0)));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(cleo.signIn(cleo.recoveryCode(0)).status()).isEqualTo(201);
        assertThat(cleo.signIn(cleo.recoveryCode(0)).status()).isEqualTo(401);
        assertThat(cleo.browser()
                        .get("me/two-factor")
                        .body()
                        .path("recoveryCodesLeft")
                        .asInt())
                .isEqualTo(9);
    }

    @Test
    void turningItOffTakesPasswordAndCode() {
        Enrolled dora = enrolled("off@example.org");

        assertThat(dora.browser().post("me/two-factor/disable", PROOF).status()).isEqualTo(401);
        assertThat(dora.browser()
                        .post("me/two-factor/disable", "{\"code\":\"" + dora.recoveryCode(1) + "\"}")
                        .status())
                .isEqualTo(401);
        TestResponse off = dora.browser()
                .post(
                        "me/two-factor/disable",
                        "{\"password\":\"%s\",\"code\":\"%s\"}".formatted(Company.PASSWORD, dora.recoveryCode(1)));
        assertThat(off.status()).as(off.text()).isEqualTo(204);
        assertThat(new Browser(kernel).signIn(dora.email(), Company.PASSWORD).status())
                .isEqualTo(201);
    }

    @Test
    void enrollingTakesThePasswordAndDoesNotReplaceOneThatIsOn() {
        Browser finn = company.person("finn2@example.org");
        assertThat(finn.post("me/two-factor", "{}").status()).isEqualTo(401);
        assertThat(finn.post("me/two-factor/confirm", "{\"code\":\"123456\"}").status())
                .isEqualTo(409);

        Enrolled gus = enrolled("gus2@example.org");
        assertThat(gus.browser().post("me/two-factor", PROOF).status()).isEqualTo(409);
    }

    @Test
    void newRecoveryCodesEndTheFormerOnes() {
        Enrolled hal = enrolled("hal2@example.org");

        TestResponse renewed = hal.browser()
                .post(
                        "me/two-factor/recovery-codes",
                        "{\"password\":\"%s\",\"code\":\"%s\"}".formatted(Company.PASSWORD, hal.nextCode()));

        assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
        assertThat(hal.signIn(hal.recoveryCode(3)).status()).isEqualTo(401);
        assertThat(hal.signIn(renewed.body().path("recoveryCodes").path(3).asString())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anAdministratorTakesItFromWhoLostThePhone() {
        Enrolled ida = enrolled("ida2@example.org");
        String id = ida.browser().get("me").body().path("user").path("id").asString();

        assertThat(company.admin("POST", "users/" + id + "/two-factor/reset", "")
                        .status())
                .isEqualTo(204);

        assertThat(ida.browser().get("me").status()).isEqualTo(401);
        assertThat(new Browser(kernel).signIn(ida.email(), Company.PASSWORD).status())
                .isEqualTo(201);
    }

    @Test
    void aTenantThatDemandsItGivesNoPermissionsWithoutIt() {
        try (TestKernel strict = TestKernel.start()) {
            Company own = new Company(strict);
            Browser jo = own.person("jo2@example.org", "admin");
            assertThat(own.admin("PUT", "identity-policy", "{\"secondFactorRequired\":true}")
                            .status())
                    .isEqualTo(200);

            assertThat(jo.get("users").status()).isEqualTo(403);
            assertThat(jo.get("me").body().path("secondFactorDemanded").asBoolean())
                    .isTrue();
            TestResponse begun = jo.post("me/two-factor", PROOF);
            Totp app = Totp.of(base32(begun.body().path("secret").asString()));
            jo.post("me/two-factor/confirm", "{\"code\":\"" + app.code(Instant.now()) + "\"}");

            assertThat(jo.get("users").status()).isEqualTo(200);
        }
    }
}
