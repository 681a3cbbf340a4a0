package dev.mortise.kernel.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken out of texts, and what is not. Between « and » stands what must be gone; all of it is made up. */
@Tag("K4")
class RedactionCorpusTest {
    private static final Pattern PLANTED = Pattern.compile("«([^»]*)»");

    static Stream<String> secrets() {
        return """
                Authorization: Bearer «0123456789abcdef0123456789abcdef»
                authorization: basic «dXNlcjpwYXNzd29yZA==»
                Authorization: «Digest username=Mufasa, response=6629fae49393a05397450978507c4ef1»
                Proxy-Authorization: «NTLM TlRMTVNTUAABAAAA»
                {"Authorization":"Bearer «abcdefgh12345678»"}
                the header "authorization": "«Token abc»"
                Cookie: «session=8f14e45fceea167a; theme=dark»
                Set-Cookie: «sid=8f14e45fceea167a; HttpOnly»
                X-Api-Key: «a1b2c3d4»
                X-CSRF-Token: «a1b2c3d4e5f6»
                curl -H 'Authorization: Bearer «sk-live-0123456789abcdefABCDEF»'
                bearer «AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0»
                key mk_ab12cd34_«Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA»
                OPENAI_API_KEY=«sk-proj-0123456789abcdefghij»
                sk-«ant-api03-0123456789abcdefghijklmnop»
                stripe «sk_live_0123456789abcdefghijklmn»
                stripe «rk_test_0123456789abcdefghijklmn»
                pushed with «ghp_0123456789abcdefghijABCDEFGHIJ012345»
                pushed with «github_pat_0123456789abcdefghij_0123456789»
                pushed with «glpat-0123456789abcdefghij»
                slack «xoxb-123456789012-abcdefghijkl»
                aws «AKIA0123456789ABCDEF» and more
                aws «ASIA0123456789ABCDEF»
                google «AIzaSyA0123456789abcdefghijABCDEFGHIJ012»
                hugging face «hf_0123456789abcdefghijABCDEFGHIJ»
                npm «npm_0123456789abcdefghijABCDEFGHIJ0123»
                sendgrid «SG.0123456789abcdefghij.ABCDEFGHIJ0123456789»
                webhook «whsec_0123456789abcdefghijABCDEF»
                token «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoaXM»
                unsigned «eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.»
                postgresql://mortise:«hunter2hunter2»@db.example.com/mortise
                jdbc:postgresql://db/x?user=me&password=«hunter2hunter2»&ssl=true
                redis://:«hunter2hunter2»@cache:6379/0
                https://user:«p%40ss»@example.com/
                amqp://guest:«gu3st-pass»@localhost
                password=«hunter2»
                password: «hunter2»
                "password": "«hun ter2»"
                {"user":"alice","password":"«a\\"b c»","x":1}
                'passwd' => pwd='«hunter two»'
                DB_PASSWORD=«hunter2»
                my.client-secret = «s3cr3t-value»
                client_secret=«s3cr3tvalue»&grant_type=client_credentials
                refresh_token=«abc.def»&x=y
                access_token: «abcdef123456»
                apikey=«12345»; next
                api-key: «12345»
                private_key="«MIIEvQIBADANBg»"
                passphrase: «correct-horse»
                session_id=«0123456789»
                AWS_SECRET_ACCESS_KEY=«wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY»
                credentials=«alice:hunter2»
                -----BEGIN PRIVATE KEY----- «MIIEvQIBADANBgkqhkiG9w0BAQEFAASC» -----END PRIVATE KEY-----
                -----BEGIN RSA PRIVATE KEY----- «MIIEvQIBADANBgkqhkiG9w0BAQEFAASC»
                AGE-SECRET-KEY-1«QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ»
                """.lines();
    }

    static Stream<String> personalData() {
        return """
                write to «alice@example.com» soon
                «alice.o'neil+tag@mail.example.co.uk»
                «münchen@bücher.example»
                «bob (at) example.org»
                mailto:«carol%40example.com»
                IBAN «DE89 3704 0044 0532 0130 00»
                iban:«DE89370400440532013000»
                «GB82WEST12345698765432» please
                «FR14 2004 1010 0505 0001 3M02 606»
                card «4111 1111 1111 1111»
                card «4111111111111111» exp 12/30
                «5500-0000-0000-0004»
                amex «378282246310005»
                VIN «WVWZZZ1JZXW000001»
                my car is «1HGCM82633A004352».
                call «+49 89 1234567»
                call «+1 (415) 555-2671» now
                «0049 89 1234567»
                tel. «089 / 1234567»
                «415-555-2671»
                """.lines();
    }

    static Stream<String> innocent() {
        return """
                The plugin automotive 0.3.0 was installed in 12 ms
                run 0192f0c1-5b7e-7000-8000-00000000abcd of workflow intake
                2026-11-21T15:13:52.123456Z GET /api/v1/kernel/plugins/openai 200
                trace 0af7651916cd43dd8448eb211c80319c
                order 1234567890123456 of 99.95 EUR
                amount 1,234,567.89 and 2026-11-21
                http://127.0.0.1:8420/api/v1/kernel/audit?limit=50
                https://example.com/a:b@c
                tokens used: 1532, keyboard, monkey, secretary
                The secret openai-key was set
                sha256 5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5
                dev.mortise.kernel.audit.ChainLinker.linkAll(ChainLinker.java:117)
                version 12.1.12-SNAPSHOT+build.7
                10.0.0.1:5432 answered in 0.21 ms
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretIsTakenOut(String line) {
        assertGone(line, Redaction.of(plain(line)));
        assertGone(line, PersonalData.redact(plain(line)));
    }

    @ParameterizedTest
    @MethodSource("personalData")
    void personalDataIsTakenOut(String line) {
        assertGone(line, PersonalData.redact(plain(line)));
    }

    @ParameterizedTest
    @MethodSource("innocent")
    void whatIsNeitherStays(String line) {
        assertThat(Redaction.of(line)).isEqualTo(line);
        assertThat(PersonalData.redact(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource({"secrets", "personalData", "innocent"})
    void whatWasRedactedOnceStaysAsItIs(String line) {
        String once = PersonalData.redact(plain(line));

        assertThat(PersonalData.redact(once)).isEqualTo(once);
    }

    @Test
    void aKnownSecretIsTakenOutWhateverShapeItHas() {
        KnownSecrets known = KnownSecrets.install();
        try {
            known.add("correct horse battery staple\n");
            known.add("short");

            assertThat(Redaction.of("he said: correct horse battery staple, or short"))
                    .isEqualTo("he said: [secret], or short");
        } finally {
            known.uninstall();
        }
        assertThat(Redaction.of("correct horse battery staple")).isEqualTo("correct horse battery staple");
    }

    @Test
    @Timeout(20)
    void noTextTakesLong() {
        List<String> evil = new ArrayList<>(List.of(
                "a".repeat(200_000),
                "=".repeat(200_000),
                "password".repeat(20_000),
                "password=\"" + "\\".repeat(200_000),
                "://".repeat(60_000),
                "a://a:".repeat(30_000),
                "-----BEGIN PRIVATE KEY-----".repeat(5_000),
                "eyJ".repeat(60_000),
                "4".repeat(100_000),
                "4 ".repeat(100_000),
                "DE89 ".repeat(40_000),
                "a@".repeat(100_000),
                "a@a.".repeat(50_000),
                "+1 ".repeat(60_000),
                "bearer ".repeat(30_000)));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 50_000) {
                text.append(evil.get(random.nextInt(15)), 0, 1 + random.nextInt(40));
            }
            evil.add(text.toString());
        }
        for (String text : evil) {
            long began = System.nanoTime();
            PersonalData.redact(text);
            assertThat((System.nanoTime() - began) / 1_000_000)
                    .as("ms for %s… of %s characters, seed %s", text.substring(0, 30), text.length(), seed)
                    .isLessThan(3_000);
        }
    }

    private static String plain(String line) {
        return line.replace("«", "").replace("»", "");
    }

    private static void assertGone(String line, String redacted) {
        Matcher planted = PLANTED.matcher(line);
        while (planted.find()) {
            assertThat(redacted).as(line).doesNotContain(planted.group(1)).contains("[");
        }
        assertThat(redacted).isNotEqualTo(plain(line));
    }
}
