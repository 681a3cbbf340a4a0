package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The table {@code mortise.api_key}. */
interface ApiKeyMapper {
    /** A key that may be used now. Its hash is hexadecimal; permissions of an owner are those of its own roles. */
    record KeyRow(
            TenantId tenantId,
            UUID id,
            String prefix,
            String hash,
            List<String> permissions,
            @Nullable Double secondsLeft,
            @Nullable UUID ownerUser,
            @Nullable UUID ownerService,
            List<String> ownerRoles,
            List<String> ownerPermissions) {}

    /** Looks a key up before a tenant is known; notes its use. */
    Optional<KeyRow> verify(@Param("hash") byte[] hash);

    boolean hasAny();

    UUID insert(@Param("key") NewKey key, @Param("prefix") String prefix, @Param("hash") byte[] hash);

    List<ApiKeys.ApiKey> list(@Param("after") @Nullable UUID after, @Param("limit") int limit);

    Optional<ApiKeys.ApiKey> find(@Param("id") UUID id);

    Optional<ApiKeys.ApiKey> lock(@Param("id") UUID id);

    void rotate(@Param("id") UUID id, @Param("hash") byte[] hash, @Param("graceSeconds") long graceSeconds);

    /** Lets what was granted for the key end with the grace period at the latest. */
    int shortenFamilies(@Param("id") UUID id, @Param("graceSeconds") long graceSeconds);

    int revoke(@Param("id") UUID id);
}
