package dev.mortise.kernel.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mortise.api.call.TenantId;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens: JWTs (RFC 7519, profile of RFC 9068) signed by ES256 and nothing else. They say who, in which tenant
 * and for how long; what the bearer may do is looked up, so that a change holds for tokens that are out already.
 */
final class AccessTokens {
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final String AUDIENCE = "mortise";
    private static final String TENANT = "tenant";
    private static final String FAMILY = "family";
    private static final int LONGEST = 2_000;
    /** Clocks of nodes differ a little. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final SigningKeys keys;
    private final InstantSource clock;
    private final Duration life;

    AccessTokens(SigningKeys keys, InstantSource clock, Duration life) {
        this.keys = keys;
        this.clock = clock;
        this.life = life;
    }

    /** What a good token says. */
    record Claims(TenantId tenant, UUID family, Duration left) {}

    /** Returns whether a text can only be meant as a JWT: a JSON object in base64url, and two dots. */
    static boolean looksLikeOne(String text) {
        int first = text.indexOf('.');
        return text.startsWith("eyJ") && first > 0 && text.indexOf('.', first + 1) > 0;
    }

    String issue(TenantId tenant, UUID family, String subject) {
        ECKey key = keys.signing();
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .claim(TENANT, tenant.toString())
                .claim(FAMILY, family.toString())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("A P-256 key signs by ES256", e);
        }
    }

    /** Returns what the token says, or empty when it is not one of this server's that is good now. */
    Optional<Claims> verify(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            // The algorithm is ours to choose and not the token's: "none" and HS256 with a public key end here.
            if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                    || !TYPE.equals(header.getType())
                    || header.getKeyID() == null) {
                return Optional.empty();
            }
            Optional<ECKey> key = keys.verifying(header.getKeyID());
            if (key.isEmpty() || !token.verify(new ECDSAVerifier(key.get()))) {
                return Optional.empty();
            }
            return claims(token.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty(); // Whatever it is, it is no token of ours.
        }
    }

    private Optional<Claims> claims(JWTClaimsSet claims) throws ParseException {
        @Nullable Date expires = claims.getExpirationTime();
        @Nullable Date issued = claims.getIssueTime();
        Instant now = clock.instant();
        if (expires == null
                || issued == null
                || !List.of(AUDIENCE).equals(claims.getAudience())
                || !issuer().equals(claims.getIssuer())
                || issued.toInstant().isAfter(now.plus(SKEW))) {
            return Optional.empty();
        }
        Duration left = Duration.between(now, expires.toInstant());
        if (!left.isPositive()) {
            return Optional.empty();
        }
        return Optional.of(new Claims(
                TenantId.parse(claims.getStringClaim(TENANT)), UUID.fromString(claims.getStringClaim(FAMILY)), left));
    }

    Duration life() {
        return life;
    }

    private String issuer() {
        return "mortise:" + keys.installation();
    }
}
