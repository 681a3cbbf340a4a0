package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * API keys: {@code mk_<8 characters>_<43 characters of base64url>}, of which the database holds a SHA-256 only. A key
 * belongs to a person, to a service account, or to nobody, such as the first one. A key with an owner grants what both
 * its own permissions and its owner's roles grant, at every moment, and nothing once the owner is disabled.
 *
 * @since 0.1
 */
public final class ApiKeys {
    private static final String PREFIX_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int PREFIX_LENGTH = 8;
    private static final int SHORTEST_GIVEN = 32;
    private static final int LONGEST = 200;
    private static final String TARGET = "api-key/";

    private final IdentityTables tables;
    private final Roles roles;
    private final CredentialMemory memory;
    private final Trail trail;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(IdentityTables tables, Roles roles, CredentialMemory memory, Trail trail) {
        this.tables = tables;
        this.roles = roles;
        this.memory = memory;
        this.trail = trail;
    }

    /** Whose a key is. */
    sealed interface Owner {
        /** Nobody's: it has its permissions of itself. */
        record Nobody() implements Owner {}

        /** A person's. */
        record User(UUID id) implements Owner {}

        /** A service account's. */
        record Service(UUID id) implements Owner {}
    }

    /**
     * A key as it is shown: all but the secret.
     *
     * @param prefix what the key begins with, behind {@code mk_}
     * @param lastUsedAt noted once a minute at most
     * @param previousUntil until when the secret before the last rotation is good
     */
    public record ApiKey(
            UUID id,
            String prefix,
            String name,
            List<String> permissions,
            @Nullable UUID ownerUser,
            @Nullable UUID ownerService,
            @Nullable String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant rotatedAt,
            @Nullable Instant previousUntil,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {}

    /** A key that was just made, with its secret: it can never be read again. */
    public record IssuedKey(UUID id, String prefix, String key) {
        @Override
        public String toString() {
            return "IssuedKey[" + id + ", secret hidden]";
        }
    }

    /** Makes a key of nobody's that does not expire. */
    public IssuedKey issue(TenantId tenant, String name, Set<String> permissions) {
        return issue(tenant, name, permissions, null);
    }

    /**
     * Makes a key of nobody's.
     *
     * @param expiresAt from when on it is refused, null for never
     */
    public IssuedKey issue(TenantId tenant, String name, Set<String> permissions, @Nullable Instant expiresAt) {
        return issue(tenant, NewKey.of(name, permissions, expiresAt, new Owner.Nobody(), "system"));
    }

    IssuedKey issue(TenantId tenant, NewKey key) {
        String prefix = randomPrefix();
        OpaqueToken secret = OpaqueToken.mint("mk_" + prefix + "_", random);
        return new IssuedKey(insert(tenant, key, prefix, secret.text()), prefix, secret.text());
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
        String prefix = HexFormat.of().formatHex(OpaqueToken.sha256(key)).substring(0, PREFIX_LENGTH);
        insert(tenant, NewKey.of(name, permissions, null, new Owner.Nobody(), "system"), prefix, key);
    }

    /**
     * Returns whom the presented text stands for, or empty when it is no valid key. Called for every request: a known
     * key costs one SHA-256 and a look into memory, and reaches the database every 5 seconds at most.
     *
     * @param source where it comes from; one that presents many unknown keys is held back
     * @throws MortiseException with {@code kernel.database-unavailable} or {@code kernel.sign-in-back-off}
     */
    public Optional<Verified> verify(String presented, String source) {
        if (presented.isEmpty() || presented.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = OpaqueToken.sha256(presented);
        return memory.recall(hash, source, () -> lookUp(hash).map(this::verified));
    }

    /** Returns the row of a key that may be used now; for tokens that are made from it. */
    Optional<ApiKeyMapper.KeyRow> lookUp(String presented) {
        return presented.length() > LONGEST ? Optional.empty() : lookUp(OpaqueToken.sha256(presented));
    }

    /**
     * Gives the key a new secret. The former one stays good for the grace period, the one before it ends at once.
     *
     * @throws MortiseException with {@code api.not-found}, or {@code kernel.permission-not-held} when the caller would
     *     get more than it has
     */
    IssuedKey rotate(TenantId tenant, UUID id, Duration grace) {
        OpaqueToken[] made = new OpaqueToken[1];
        ApiKey rotated = tables.transaction(tenant, open -> {
            ApiKeyMapper keys = open.mapper(ApiKeyMapper.class);
            ApiKey key =
                    keys.lock(id).filter(found -> found.revokedAt() == null).orElseThrow(() -> unknown(id));
            requireRight(open, key);
            made[0] = OpaqueToken.mint("mk_" + key.prefix() + "_", random);
            keys.rotate(id, made[0].hash(), grace.toSeconds());
            // What was granted for the former secret ends with it.
            keys.shortenFamilies(id, grace.toSeconds());
            trail.record(
                    tenant,
                    AuditEntry.done("kernel.api-key.rotated", TARGET + id)
                            .with("graceSeconds", grace.toSeconds() + ""));
            return key;
        });
        memory.forgetKnown();
        return new IssuedKey(id, rotated.prefix(), made[0].text());
    }

    /** Revokes a key of the tenant; at once on this node, within 5 seconds on others. */
    public boolean revoke(TenantId tenant, UUID id) {
        int revoked = tables.write(tenant, ApiKeyMapper.class, keys -> {
            int ended = keys.revoke(id);
            if (ended > 0) {
                trail.record(tenant, AuditEntry.done("kernel.api-key.revoked", TARGET + id));
            }
            return ended;
        });
        memory.forgetKnown();
        return revoked > 0;
    }

    /** Returns whether any tenant has a key that is not revoked; false at the first start. */
    public boolean hasAny() {
        return tables.acrossTenants(ApiKeyMapper.class, ApiKeyMapper::hasAny);
    }

    List<ApiKey> list(@Nullable UUID after, int limit) {
        return tables.read(ApiKeyMapper.class, keys -> keys.list(after, limit));
    }

    ApiKey get(UUID id) {
        return tables.read(ApiKeyMapper.class, keys -> keys.find(id)).orElseThrow(() -> unknown(id));
    }

    /**
     * Refuses to rotate what the caller could get more by than it has. A person's own key counts as what it grants now;
     * that of another one as all that it may ever grant, because its owner's roles can grow.
     */
    private void requireRight(Transaction open, ApiKey key) {
        Principal caller = CallContext.current().principal();
        boolean isOwn = key.ownerUser() != null && caller.id().equals("user:" + key.ownerUser());
        PermissionSets.requireHeld(isOwn ? granted(open, key) : key.permissions());
    }

    /** Returns what a key of that owner and with these permissions may do now. */
    Set<String> granted(Transaction open, ApiKey key) {
        if (key.ownerUser() != null) {
            return PermissionSets.intersection(
                    key.permissions(), roles.permissions(open, rolesOfUser(open, key.ownerUser())));
        }
        if (key.ownerService() != null) {
            return PermissionSets.intersection(
                    key.permissions(), roles.permissions(open, rolesOfService(open, key.ownerService())));
        }
        return Set.copyOf(key.permissions());
    }

    private static List<String> rolesOfUser(Transaction open, UUID id) {
        return open.mapper(UserMapper.class).find(id).map(User::roles).orElse(List.of());
    }

    private static List<String> rolesOfService(Transaction open, UUID id) {
        return open.mapper(ServiceAccountMapper.class)
                .find(id)
                .map(ServiceAccounts.ServiceAccount::roles)
                .orElse(List.of());
    }

    private Optional<ApiKeyMapper.KeyRow> lookUp(byte[] hash) {
        return tables.acrossTenants(ApiKeyMapper.class, keys -> keys.verify(hash))
                // The index has compared already; this comparison takes the same time wherever the bytes differ.
                .filter(row -> MessageDigest.isEqual(HexFormat.of().parseHex(row.hash()), hash));
    }

    Verified verified(ApiKeyMapper.KeyRow row) {
        boolean isOwned = row.ownerUser() != null || row.ownerService() != null;
        Set<String> permissions = isOwned
                ? PermissionSets.intersection(
                        row.permissions(), roles.permissions(row.ownerRoles(), row.ownerPermissions()))
                : Set.copyOf(row.permissions());
        Principal principal = row.ownerService() == null
                ? new Principal("key:" + row.prefix(), Principal.Kind.API_KEY, permissions)
                : new Principal("service:" + row.ownerService(), Principal.Kind.SERVICE_ACCOUNT, permissions);
        return new Verified(
                row.tenantId(),
                principal,
                Optional.ofNullable(row.ownerUser()),
                Optional.empty(),
                Verified.left(row.secondsLeft()));
    }

    private UUID insert(TenantId tenant, NewKey key, String prefix, String secret) {
        byte[] hash = OpaqueToken.sha256(secret);
        UUID id = tables.write(tenant, ApiKeyMapper.class, keys -> {
            UUID made = keys.insert(key, prefix, hash);
            trail.record(
                    tenant,
                    AuditEntry.done("kernel.api-key.created", TARGET + made)
                            .with("owner", key.owner())
                            .with("permissions", String.join(" ", key.permissions())));
            return made;
        });
        memory.made(hash);
        return id;
    }

    private String randomPrefix() {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < PREFIX_LENGTH; i++) {
            prefix.append(PREFIX_ALPHABET.charAt(random.nextInt(PREFIX_ALPHABET.length())));
        }
        return prefix.toString();
    }

    private static MortiseException unknown(UUID id) {
        return new MortiseException(
                ApiError.NOT_FOUND, "There is no API key " + id, "GET /api/v1/kernel/api-keys lists those there are");
    }
}
