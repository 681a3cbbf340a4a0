package dev.mortise.kernel.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * API keys: {@code mk_<8 characters>_<43 characters of base64url>}, of which the database holds a SHA-256 only. The
 * secret has 256 random bits, so a slow password hash would add nothing.
 *
 * @since 0.1
 */
public final class ApiKeys {
    private static final String PREFIX_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int PREFIX_LENGTH = 8;
    private static final int SECRET_BYTES = 32;
    private static final int SHORTEST_GIVEN = 32;
    private static final int LONGEST = 200;
    /** How long another node may go on accepting a key after it was revoked. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int KNOWN_AT_MOST = 10_000;
    private static final int UNKNOWN_AT_MOST = 10_000;

    private final SchemaSessions sessions;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<ByteBuffer, Optional<CachedKey>> known;
    /** Apart from the known ones, so that guesses cannot push those out. */
    private final Cache<ByteBuffer, Boolean> unknown;

    private record CachedKey(VerifiedKey key, @Nullable Instant expiresAt) {}

    ApiKeys(SchemaSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .maximumSize(KNOWN_AT_MOST)
                .expireAfterWrite(REMEMBERED)
                .build();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(UNKNOWN_AT_MOST)
                .expireAfterWrite(REMEMBERED)
                .build();
    }

    /**
     * Makes a key that does not expire.
     *
     * @return the whole key; it can never be read again
     */
    public String issue(TenantId tenant, String name, Set<String> permissions) {
        return issue(tenant, name, permissions, null);
    }

    /**
     * Makes a key.
     *
     * @param expiresAt from when on it is refused, null for never
     * @return the whole key; it can never be read again
     */
    public String issue(TenantId tenant, String name, Set<String> permissions, @Nullable Instant expiresAt) {
        String prefix = randomPrefix();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String key =
                "mk_" + prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        insert(tenant, name, prefix, key, permissions, expiresAt);
        return key;
    }

    /**
     * Takes a key that the operator chose, such as the first administrator's in an unattended installation.
     *
     * @throws MortiseException with {@code api.input-invalid} when it is shorter than 32 or longer than 200 characters
     */
    public void issueGiven(TenantId tenant, String name, Set<String> permissions, String key) {
        if (key.length() < SHORTEST_GIVEN
                || key.length() > LONGEST
                || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The given API key " + name + " has not between " + SHORTEST_GIVEN + " and " + LONGEST
                            + " printable characters without blanks",
                    "Give a long random one, for example from: openssl rand -base64 32");
        }
        String prefix = HexFormat.of().formatHex(sha256(key)).substring(0, PREFIX_LENGTH);
        insert(tenant, name, prefix, key, permissions, null);
    }

    /**
     * Returns whom the presented text stands for, or empty when it is no valid key. Called for every request: a known
     * key costs one SHA-256 and a look into memory, and reaches the database every 5 seconds at most.
     *
     * @throws MortiseException with {@code kernel.database-unavailable}
     */
    public Optional<VerifiedKey> verify(String presented) {
        if (presented.isEmpty() || presented.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = sha256(presented);
        ByteBuffer cacheKey = ByteBuffer.wrap(hash);
        if (unknown.getIfPresent(cacheKey) != null) {
            return Optional.empty();
        }
        Optional<CachedKey> cached = known.get(cacheKey, ignored -> find(hash));
        if (cached.isEmpty()) {
            unknown.put(cacheKey, true);
            known.invalidate(cacheKey);
        }
        return cached.filter(this::isValid).map(CachedKey::key);
    }

    /** Revokes the tenant's key with this prefix; at once on this node, within 5 seconds on others. */
    public boolean revoke(TenantId tenant, String prefix) {
        int revoked = sessions.inTransaction(
                tenant, Access.WRITE, open -> open.mapper(ApiKeyMapper.class).revoke(prefix));
        known.invalidateAll();
        return revoked > 0;
    }

    /** Returns whether any tenant has a key that is not revoked; false at the first start. */
    public boolean hasAny() {
        return sessions.inTransaction(
                null, Access.READ, open -> open.mapper(ApiKeyMapper.class).hasAny());
    }

    private boolean isValid(CachedKey key) {
        return key.expiresAt() == null || clock.instant().isBefore(key.expiresAt());
    }

    private Optional<CachedKey> find(byte[] hash) {
        return sessions.inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(ApiKeyMapper.class).find(hash))
                // The index has compared already; this comparison takes the same time wherever the bytes differ.
                .filter(row -> MessageDigest.isEqual(HexFormat.of().parseHex(row.hash()), hash))
                .map(ApiKeys::cached);
    }

    private static CachedKey cached(ApiKeyMapper.KeyRow row) {
        Principal principal =
                new Principal("key:" + row.prefix(), Principal.Kind.API_KEY, Set.copyOf(row.permissions()));
        return new CachedKey(new VerifiedKey(row.tenantId(), principal), row.expiresAt());
    }

    private void insert(
            TenantId tenant,
            String name,
            String prefix,
            String key,
            Set<String> permissions,
            @Nullable Instant expiresAt) {
        byte[] hash = sha256(key);
        List<String> sorted = List.copyOf(new TreeSet<>(permissions));
        sessions.inTransaction(tenant, Access.WRITE, open -> {
            open.mapper(ApiKeyMapper.class).insert(name, prefix, hash, sorted, expiresAt);
            return prefix;
        });
        unknown.invalidate(ByteBuffer.wrap(hash));
    }

    private String randomPrefix() {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < PREFIX_LENGTH; i++) {
            prefix.append(PREFIX_ALPHABET.charAt(random.nextInt(PREFIX_ALPHABET.length())));
        }
        return prefix.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
