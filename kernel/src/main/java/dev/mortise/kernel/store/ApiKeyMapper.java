package dev.mortise.kernel.store;

import dev.mortise.api.call.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The table {@code mortise.api_key}. */
interface ApiKeyMapper {
    /** A key that is neither revoked nor of a suspended tenant; it may be expired. Its hash is hexadecimal. */
    record KeyRow(
            TenantId tenantId,
            String prefix,
            String hash,
            List<String> permissions,
            @Nullable Instant expiresAt) {}

    /** Looks a key up before a tenant is known; notes its use. */
    Optional<KeyRow> find(@Param("hash") byte[] hash);

    boolean hasAny();

    void insert(
            @Param("name") String name,
            @Param("prefix") String prefix,
            @Param("hash") byte[] hash,
            @Param("permissions") List<String> permissions,
            @Param("expiresAt") @Nullable Instant expiresAt);

    int revoke(@Param("prefix") String prefix);
}
