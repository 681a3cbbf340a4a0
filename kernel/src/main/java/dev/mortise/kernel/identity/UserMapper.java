package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The table {@code mortise.user_account}. */
interface UserMapper {
    /** What signing in needs to know. */
    record SignInRow(
            UUID id,
            String email,
            String displayName,
            User.State state,
            List<String> roles,
            @Nullable String passwordHash,
            boolean secondFactor) {}

    /** A name to an id. */
    record NameRow(UUID id, String displayName) {}

    List<User> list(
            @Param("state") User.@Nullable State state,
            @Param("after") @Nullable UUID after,
            @Param("limit") int limit);

    Optional<User> find(@Param("id") UUID id);

    Optional<User> findByEmail(@Param("email") String email);

    Optional<SignInRow> forSignIn(@Param("email") String email);

    Optional<SignInRow> forSignInById(@Param("id") UUID id);

    Optional<UUID> insert(
            @Param("email") String email, @Param("displayName") String displayName, @Param("roles") List<String> roles);

    void update(
            @Param("id") UUID id,
            @Param("displayName") String displayName,
            @Param("state") User.State state,
            @Param("roles") List<String> roles);

    int otherActiveAdministrators(@Param("id") UUID id);

    void activate(@Param("id") UUID id, @Param("displayName") @Nullable String displayName, @Param("hash") String hash);

    int setPassword(@Param("id") UUID id, @Param("hash") String hash);

    /** Replaces a hash by one of the same password, unless the password was changed meanwhile. */
    int rehash(@Param("id") UUID id, @Param("former") String former, @Param("hash") String hash);

    void noteSignIn(@Param("id") UUID id);

    void rename(@Param("id") UUID id, @Param("displayName") String displayName);

    JsonNode preferences(@Param("id") UUID id);

    void setPreferences(@Param("id") UUID id, @Param("preferences") JsonNode preferences);

    /** Returns names of people and service accounts. */
    List<NameRow> names(@Param("ids") List<String> ids);

    /** Returns the tenant of that name, when it is not suspended. */
    Optional<TenantId> tenantNamed(@Param("name") String name);
}
