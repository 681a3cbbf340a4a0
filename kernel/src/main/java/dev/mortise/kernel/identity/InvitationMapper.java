package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The table {@code mortise.invitation}. */
interface InvitationMapper {
    /** Where an invitation is. */
    record Place(TenantId tenantId, UUID id) {}

    UUID insert(
            @Param("user") UUID user,
            @Param("hash") byte[] hash,
            @Param("createdBy") String createdBy,
            @Param("validSeconds") long validSeconds);

    List<Invitations.Invitation> open(@Param("after") @Nullable UUID after, @Param("limit") int limit);

    Optional<Invitations.Invitation> find(@Param("id") UUID id);

    int revoke(@Param("id") UUID id);

    void revokeAllOf(@Param("user") UUID user);

    /** Finds an open invitation before a tenant is known. */
    Optional<Place> place(@Param("hash") byte[] hash);

    /** Uses the invitation up; returns whom it is for, or empty when somebody else was quicker. */
    Optional<UUID> accept(@Param("id") UUID id);
}
