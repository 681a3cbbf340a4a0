package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The table {@code mortise.session}. */
interface SessionMapper {
    /**
     * A session that is good now.
     *
     * @param ownPermissions what the tenant's own roles among the roles grant
     * @param restricted whether the tenant demands a second factor that this session has not shown
     */
    record SessionRow(
            TenantId tenantId,
            UUID sessionId,
            UUID userId,
            double secondsLeft,
            List<String> roles,
            List<String> ownPermissions,
            boolean restricted) {}

    /** Looks a session up before a tenant is known; notes its use. */
    Optional<SessionRow> find(@Param("hash") byte[] hash, @Param("idleSeconds") int idleSeconds);

    UUID insert(
            @Param("user") UUID user,
            @Param("hash") byte[] hash,
            @Param("secondFactor") boolean secondFactor,
            @Param("source") String source,
            @Param("client") String client,
            @Param("lifeSeconds") long lifeSeconds);

    List<Sessions.Session> ofUser(
            @Param("user") UUID user,
            @Param("idleSeconds") int idleSeconds,
            @Param("current") UUID current,
            @Param("after") @Nullable UUID after,
            @Param("limit") int limit);

    int rotate(@Param("id") UUID id, @Param("hash") byte[] hash, @Param("secondFactor") boolean secondFactor);

    int end(@Param("user") UUID user, @Param("id") UUID id);

    int endAll(@Param("user") UUID user);

    int endOthers(@Param("user") UUID user, @Param("kept") UUID kept);

    void removeExpired();
}
