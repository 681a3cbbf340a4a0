package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.http.Refusals;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens for machines: a short access token, and a refresh token that works once and brings the next pair. All that
 * come of one sign-in are a family. A refresh token that comes a second time was stolen, by its first user or by its
 * second, so the whole family ends (RFC 9700, section 4.14.2).
 */
final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String PREFIX = "mr_";
    private static final int LONGEST = 100;
    private static final String FAMILY = "token-family/";

    private final IdentityTables tables;
    private final Roles roles;
    private final AccessTokens access;
    private final CredentialMemory memory;
    private final Trail trail;
    private final Duration familyLife;
    private final SecureRandom random = new SecureRandom();

    Tokens(
            IdentityTables tables,
            Roles roles,
            AccessTokens access,
            CredentialMemory memory,
            Trail trail,
            Duration familyLife) {
        this.tables = tables;
        this.roles = roles;
        this.access = access;
        this.memory = memory;
        this.trail = trail;
        this.familyLife = familyLife;
    }

    /**
     * A pair, told once; named as in RFC 6749, section 5.1, in our spelling.
     *
     * @param expiresIn seconds for which the access token is good
     */
    public record Pair(String accessToken, String tokenType, long expiresIn, String refreshToken) {
        @Override
        public String toString() {
            return "Pair[hidden]";
        }
    }

    /** Opens a family for a person who has shown to be one. */
    Pair grantFor(TenantId tenant, UUID user, boolean secondFactor) {
        return open(tenant, user, null, secondFactor);
    }

    /** Opens a family for whoever has an API key; it ends with the key. */
    Pair grantFor(ApiKeyMapper.KeyRow key) {
        return open(key.tenantId(), null, key.id(), false);
    }

    private Pair open(TenantId tenant, @Nullable UUID user, @Nullable UUID key, boolean secondFactor) {
        OpaqueToken refresh = OpaqueToken.mint(PREFIX, random);
        TokenMapper.FamilyRow family = tables.write(tenant, TokenMapper.class, tokens -> {
            tokens.removeExpired();
            UUID id = tokens.openFamily(user, key, secondFactor, familyLife.toSeconds());
            tokens.addRefreshToken(id, refresh.hash());
            TokenMapper.FamilyRow opened = tokens.family(id).orElseThrow(Refusals::unknownCredentials);
            trail.record(tenant, principal(opened), AuditEntry.done("kernel.token.granted", FAMILY + id));
            return opened;
        });
        return pair(tenant, family, refresh);
    }

    private Pair pair(TenantId tenant, TokenMapper.FamilyRow family, OpaqueToken refresh) {
        String subject = principal(family).id();
        return new Pair(
                access.issue(tenant, family.id(), subject),
                "Bearer",
                access.life().toSeconds(),
                refresh.text());
    }

    /**
     * Takes a refresh token for the next pair.
     *
     * @throws MortiseException with {@code kernel.unauthenticated} for one that is unknown, expired, revoked or was
     *     used; after the last, the family is revoked
     */
    Pair refresh(@Nullable String presented) {
        TokenMapper.Place place = place(presented).orElseThrow(Refusals::unknownCredentials);
        byte[] hash = OpaqueToken.sha256(String.valueOf(presented));
        OpaqueToken next = OpaqueToken.mint(PREFIX, random);
        Optional<TokenMapper.FamilyRow> family = tables.write(place.tenantId(), TokenMapper.class, tokens -> {
            tokens.lockFamily(place.familyId());
            if (tokens.useRefreshToken(hash) == 0) {
                if (tokens.revoke(place.familyId(), "a refresh token came twice") > 0) {
                    LOG.warn(
                            "A refresh token of family {} came a second time; the family is revoked", place.familyId());
                    trail.refused(
                            place.tenantId(),
                            "kernel.token.refresh",
                            FAMILY + place.familyId(),
                            "a refresh token came twice; the family is revoked");
                }
                return Optional.empty(); // Not thrown: that would undo the revocation.
            }
            Optional<TokenMapper.FamilyRow> good = tokens.family(place.familyId());
            good.ifPresent(found -> tokens.addRefreshToken(found.id(), next.hash()));
            return good;
        });
        if (family.isEmpty()) {
            memory.forgetKnown();
            throw Refusals.unknownCredentials();
        }
        return pair(place.tenantId(), family.get(), next);
    }

    /** Ends the family of a refresh token. What is unknown is as good as ended (RFC 7009, section 2.2). */
    void revoke(@Nullable String presented) {
        place(presented).ifPresent(place -> {
            tables.write(place.tenantId(), TokenMapper.class, tokens -> {
                if (tokens.revoke(place.familyId(), "revoked by its holder") > 0) {
                    AuditEntry entry = AuditEntry.done("kernel.token.revoked", FAMILY + place.familyId());
                    trail.record(place.tenantId(), Trail.STRANGER, entry);
                }
                return place;
            });
            memory.forgetKnown();
        });
    }

    private Optional<TokenMapper.Place> place(@Nullable String presented) {
        if (presented == null || !presented.startsWith(PREFIX) || presented.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = OpaqueToken.sha256(presented);
        return tables.acrossTenants(TokenMapper.class, tokens -> tokens.place(hash));
    }

    /** Returns whom an access token stands for. */
    Optional<Verified> verify(String token, String source) {
        return memory.recall(
                OpaqueToken.sha256(token),
                source,
                () -> access.verify(token)
                        .flatMap(claims -> tables.read(
                                        claims.tenant(), TokenMapper.class, tokens -> tokens.family(claims.family()))
                                .map(family -> verified(claims, family))));
    }

    private Verified verified(AccessTokens.Claims claims, TokenMapper.FamilyRow family) {
        Duration ofFamily = Duration.ofMillis((long) (family.secondsLeft() * 1000));
        UUID person = family.userId() == null ? family.ownerUser() : family.userId();
        return new Verified(
                claims.tenant(),
                principal(family),
                Optional.ofNullable(person),
                Optional.empty(),
                ofFamily.compareTo(claims.left()) < 0 ? ofFamily : claims.left());
    }

    private Principal principal(TokenMapper.FamilyRow family) {
        List<String> ofKey = family.keyPermissions();
        if (ofKey == null) {
            Set<String> granted =
                    family.restricted() ? Set.of() : roles.permissions(family.roles(), family.ownPermissions());
            return new Principal("user:" + family.userId(), Principal.Kind.USER, granted);
        }
        boolean isOwned = family.ownerUser() != null || family.ownerService() != null;
        Set<String> granted = isOwned
                ? PermissionSets.intersection(ofKey, roles.permissions(family.roles(), family.ownPermissions()))
                : Set.copyOf(ofKey);
        return family.ownerService() == null
                ? new Principal("key:" + family.keyPrefix(), Principal.Kind.API_KEY, granted)
                : new Principal("service:" + family.ownerService(), Principal.Kind.SERVICE_ACCOUNT, granted);
    }
}
