package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Access and refresh tokens, good ones and forged ones. */
@Tag("T2")
@Timeout(60)
class TokenTest {
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

    private static TestResponse grant() {
        return company.open("POST", "tokens", "{\"apiKey\":\"" + kernel.adminKey() + "\"}");
    }

    private static String access(TestResponse pair) {
        return pair.body().path("accessToken").asString();
    }

    private static String refresh(TestResponse pair) {
        return pair.body().path("refreshToken").asString();
    }

    private static TestResponse refreshed(String token) {
        return company.open("POST", "tokens/refresh", "{\"refreshToken\":\"" + token + "\"}");
    }

    private static int statusOf(String accessToken) {
        return company.bearer(accessToken, "GET", "users", "").status();
    }

    @Test
    void aKeyIsTakenForATokenThatActsForIt() {
        TestResponse pair = grant();

        assertThat(pair.status()).as(pair.text()).isEqualTo(201);
        assertThat(pair.body().path("expiresIn").asInt()).isEqualTo(900);
        assertThat(company.bearer(access(pair), "GET", "me", "")
                        .body()
                        .path("principal")
                        .asString())
                .startsWith("key:");
        assertThat(statusOf(access(pair))).isEqualTo(200);
    }

    @Test
    void aPersonGetsATokenWithWhatSheMayDo() {
        company.join("tok@example.org", "viewer");
        TestResponse pair = company.open(
                "POST", "tokens", "{\"email\":\"tok@example.org\",\"password\":\"" + Company.PASSWORD + "\"}");

        assertThat(company.bearer(access(pair), "GET", "me", "")
                        .body()
                        .path("kind")
                        .asString())
                .isEqualTo("USER");
        assertThat(company.bearer(access(pair), "GET", "plugins", "").status()).isEqualTo(200);
        assertThat(statusOf(access(pair))).isEqualTo(403);
    }

    @Test
    void aRefreshTokenWorksOnceAndItsReuseEndsTheFamily() {
        TestResponse first = grant();
        TestResponse second = refreshed(refresh(first));
        assertThat(second.status()).isEqualTo(201);
        assertThat(statusOf(access(second))).isEqualTo(200);

        assertThat(refreshed(refresh(first)).status()).isEqualTo(401);

        assertThat(refreshed(refresh(second)).status()).isEqualTo(401);
        assertThat(statusOf(access(second))).isEqualTo(401);
        assertThat(statusOf(access(first))).isEqualTo(401);
    }

    @Test
    void aRevokedFamilyEndsAtOnce() {
        TestResponse pair = grant();
        assertThat(statusOf(access(pair))).isEqualTo(200);

        company.open("POST", "tokens/revoke", "{\"refreshToken\":\"" + refresh(pair) + "\"}");

        assertThat(statusOf(access(pair))).isEqualTo(401);
        assertThat(company.open("POST", "tokens/revoke", "{\"refreshToken\":\"mr_unknown\"}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        assertThat(statusOf(refresh(grant()))).isEqualTo(401);
    }

    @Test
    void thePublicKeysVerifyAndTellNothingPrivate() throws Exception {
        TestResponse pair = grant();
        TestResponse keys = company.open("GET", "tokens/keys", "");
        SignedJWT token = SignedJWT.parse(access(pair));

        ECKey key = JWKSet.parse(keys.text())
                .getKeyByKeyId(token.getHeader().getKeyID())
                .toECKey();
        assertThat(token.verify(new com.nimbusds.jose.crypto.ECDSAVerifier(key)))
                .isTrue();
        assertThat(key.isPrivate()).isFalse();
        assertThat(keys.text()).doesNotContain("\"d\"");
    }

    @Test
    void aTokenThatIsNotSignedIsRefused() throws Exception {
        String[] parts = access(grant()).split("\\.", -1);
        String none = encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");

        assertThat(statusOf(none + "." + parts[1] + ".")).isEqualTo(401);
        assertThat(statusOf(parts[0] + "." + parts[1] + ".")).isEqualTo(401);
        assertThat(statusOf(none + "." + parts[1] + "." + parts[2])).isEqualTo(401);
        assertThat(statusOf("eyJ.a.b")).isEqualTo(401);
        assertThat(statusOf("eyJ" + "a".repeat(5_000) + ".b.c")).isEqualTo(401);
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws Exception {
        SignedJWT good = SignedJWT.parse(access(grant()));
        String keys = company.open("GET", "tokens/keys", "").text();
        ECKey key =
                JWKSet.parse(keys).getKeyByKeyId(good.getHeader().getKeyID()).toECKey();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                good.getJWTClaimsSet());
        forged.sign(new MACSigner(key.toECPublicKey().getEncoded()));

        assertThat(statusOf(forged.serialize())).isEqualTo(401);
    }

    @Test
    void aTokenOfAStrangersKeyIsRefusedWhateverKeyItNames() throws Exception {
        SignedJWT good = SignedJWT.parse(access(grant()));
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("mine").generate();

        assertThat(statusOf(signed(own, "mine", good.getJWTClaimsSet()))).isEqualTo(401);
        assertThat(statusOf(signed(own, good.getHeader().getKeyID(), good.getJWTClaimsSet())))
                .isEqualTo(401);
        assertThat(statusOf(signed(own, "' OR 1=1 --", good.getJWTClaimsSet()))).isEqualTo(401);
    }

    private static String signed(ECKey key, String keyId, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(keyId)
                        .jwk(key.toPublicJWK())
                        .build(),
                claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Test
    void aTokenWithChangedClaimsIsRefused() {
        String[] parts = access(grant()).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = claims.replaceFirst("\"tenant\":\"[^\"]*\"", "\"tenant\":\"" + UUID.randomUUID() + "\"");

        assertThat(other).isNotEqualTo(claims);
        assertThat(statusOf(parts[0] + "." + encoded(other) + "." + parts[2])).isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherServerIsRefused() {
        try (TestKernel other = TestKernel.start()) {
            TestResponse pair = new Company(other).open("POST", "tokens", "{\"apiKey\":\"" + other.adminKey() + "\"}");

            assertThat(statusOf(access(pair))).isEqualTo(401);
            assertThat(refreshed(refresh(pair)).status()).isEqualTo(401);
        }
    }

    @Test
    void anExpiredTokenAndOneOfTomorrowAreRefused() {
        try (IdentityFixture fixture = new IdentityFixture()) {
            SigningKeys keys = fixture.signingKeys();
            UUID family = UUID.randomUUID();
            Instant now = Instant.now();
            String old = tokens(keys, now.minusSeconds(901)).issue(fixture.alice.tenant(), family, "key:a");
            String young = tokens(keys, now.minusSeconds(800)).issue(fixture.alice.tenant(), family, "key:a");
            String ofTomorrow = tokens(keys, now.plusSeconds(3600)).issue(fixture.alice.tenant(), family, "key:a");
            AccessTokens present = tokens(keys, now);

            assertThat(present.verify(young)).isPresent();
            assertThat(present.verify(old)).isEmpty();
            assertThat(present.verify(ofTomorrow)).isEmpty();
        }
    }

    private static AccessTokens tokens(SigningKeys keys, Instant now) {
        return new AccessTokens(keys, () -> now, java.time.Duration.ofMinutes(15));
    }

    @Test
    void aTokenThatThisKeySignedForAnotherPurposeIsRefused() throws Exception {
        try (IdentityFixture fixture = new IdentityFixture()) {
            SigningKeys keys = fixture.signingKeys();
            ECKey key = keys.signing();
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer("mortise:" + keys.installation())
                    .audience("somebody else")
                    .issueTime(Date.from(Instant.now()))
                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                    .claim("tenant", fixture.alice.tenant().toString())
                    .claim("family", UUID.randomUUID().toString())
                    .build();

            AccessTokens present = tokens(keys, Instant.now());
            assertThat(present.verify(signed(key, key.getKeyID(), claims))).isEmpty();
            JWTClaimsSet right =
                    new JWTClaimsSet.Builder(claims).audience("mortise").build();
            assertThat(present.verify(signed(key, key.getKeyID(), right))).isPresent();
        }
    }

    @Test
    void nodesShareTheirSigningKeysAndSealThem() {
        try (IdentityFixture fixture = new IdentityFixture()) {
            SigningKeys one = fixture.signingKeys();
            SigningKeys two = fixture.signingKeys();

            assertThat(two.signing().getKeyID()).isEqualTo(one.signing().getKeyID());
            assertThat(fixture.ask("SELECT count(*) FROM mortise.signing_key")).isEqualTo("1");
            assertThat(fixture.ask("SELECT public_key FROM mortise.signing_key"))
                    .doesNotContain("\"d\"");

            fixture.ask("UPDATE mortise.signing_key SET created_at = now() - interval '31 days' RETURNING id");
            SigningKeys three = fixture.signingKeys();
            assertThat(three.signing().getKeyID()).isNotEqualTo(one.signing().getKeyID());
            assertThat(three.verifying(one.signing().getKeyID())).isPresent();
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
