package dev.mortise.kernel.tenant;

import dev.mortise.api.call.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The table {@code mortise.tenant}. */
interface TenantMapper {
    UUID newId();

    /** Returns 0 when the name is taken. */
    int insert(
            @Param("id") TenantId id,
            @Param("name") String name,
            @Param("displayName") String displayName,
            @Param("settings") JsonNode settings);

    List<Tenant> list(@Param("after") @Nullable UUID after, @Param("limit") int limit);

    Optional<Tenant> find(@Param("id") @Nullable UUID id, @Param("name") @Nullable String name);

    /** Changes what is not null. */
    int change(
            @Param("id") TenantId id,
            @Param("name") @Nullable String name,
            @Param("displayName") @Nullable String displayName,
            @Param("settings") @Nullable JsonNode settings);

    int suspend(@Param("id") TenantId id);

    /** Resumes one that is suspended, or being deleted and not yet due. */
    int resume(@Param("id") TenantId id);

    /** Returns from when on its rows are erased, or empty when it is being deleted already. */
    Optional<Instant> delete(@Param("id") TenantId id, @Param("graceSeconds") long graceSeconds);
}
