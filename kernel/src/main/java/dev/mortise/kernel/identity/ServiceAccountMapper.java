package dev.mortise.kernel.identity;

import dev.mortise.kernel.identity.ServiceAccounts.ServiceAccount;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The table {@code mortise.service_account}. */
interface ServiceAccountMapper {
    List<ServiceAccount> list(@Param("after") @Nullable UUID after, @Param("limit") int limit);

    Optional<ServiceAccount> find(@Param("id") UUID id);

    Optional<UUID> insert(
            @Param("name") String name, @Param("description") String description, @Param("roles") List<String> roles);

    void update(
            @Param("id") UUID id,
            @Param("description") String description,
            @Param("state") ServiceAccounts.State state,
            @Param("roles") List<String> roles);
}
