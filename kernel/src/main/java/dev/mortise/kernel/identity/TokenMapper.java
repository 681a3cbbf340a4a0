package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The tables {@code token_family}, {@code refresh_token}, {@code signing_key} and {@code installation}. */
interface TokenMapper {
    /** Where a refresh token is. */
    record Place(TenantId tenantId, UUID familyId) {}

    /**
     * A family that is good now, with what its subject may do.
     *
     * @param roles the person's, or those of the key's owner
     * @param restricted whether the tenant demands a second factor that was not shown
     * @param keyPermissions of the key; null for a person's family
     */
    record FamilyRow(
            UUID id,
            double secondsLeft,
            @Nullable UUID userId,
            boolean restricted,
            List<String> roles,
            List<String> ownPermissions,
            @Nullable String keyPrefix,
            @Nullable List<String> keyPermissions,
            @Nullable UUID ownerUser,
            @Nullable UUID ownerService) {}

    /**
     * A signing key.
     *
     * @param sealedPrivate in base64
     * @param signs whether it is young enough to sign
     */
    record SigningKeyRow(String id, String publicKey, String sealedPrivate, boolean signs) {}

    UUID installation();

    List<SigningKeyRow> signingKeys(@Param("signSeconds") long signSeconds, @Param("keepSeconds") long keepSeconds);

    void addSigningKey(
            @Param("id") String id, @Param("publicKey") String publicKey, @Param("sealedPrivate") byte[] sealedPrivate);

    /** Lets one node make signing keys at a time, to the end of the transaction. */
    boolean lockSigningKeys();

    UUID openFamily(
            @Param("user") @Nullable UUID user,
            @Param("key") @Nullable UUID key,
            @Param("secondFactor") boolean secondFactor,
            @Param("lifeSeconds") long lifeSeconds);

    Optional<FamilyRow> family(@Param("id") UUID id);

    Optional<UUID> lockFamily(@Param("id") UUID id);

    void addRefreshToken(@Param("family") UUID family, @Param("hash") byte[] hash);

    /** Uses a refresh token up; returns 0 when that was done before. */
    int useRefreshToken(@Param("hash") byte[] hash);

    Optional<Place> place(@Param("hash") byte[] hash);

    int revoke(@Param("id") UUID id, @Param("because") String because);

    int revokeAllOfUser(@Param("user") UUID user, @Param("because") String because);

    void removeExpired();
}
