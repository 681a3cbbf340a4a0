package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.identity.Identity;
import dev.mortise.api.identity.PersonProfile;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The people of the bound tenant, as plugins see them. Holds nothing of a plugin, so one serves all. */
final class PluginIdentity implements Identity {
    private static final int MOST_NAMES = 500;
    private static final String USER = "user:";

    private final IdentityTables tables;
    private final Roles roles;

    PluginIdentity(IdentityTables tables, Roles roles) {
        this.tables = tables;
        this.roles = roles;
    }

    @Override
    public Optional<PersonProfile> currentPerson() {
        Principal principal = CallContext.current().principal();
        if (principal.kind() != Principal.Kind.USER || !principal.id().startsWith(USER)) {
            return Optional.empty();
        }
        UUID id = UUID.fromString(principal.id().substring(USER.length()));
        return tables.read(UserMapper.class, users -> users.find(id))
                .map(user -> new PersonProfile(user.id(), user.displayName(), user.roles()));
    }

    @Override
    public Map<UUID, String> displayNames(Collection<UUID> ids) {
        List<String> asked = ids.stream().distinct().map(UUID::toString).toList();
        if (asked.size() > MOST_NAMES) {
            throw new MortiseException(
                    ApiError.INPUT_TOO_LARGE,
                    asked.size() + " names are asked for at once",
                    "Ask for at most " + MOST_NAMES);
        }
        return tables.read(UserMapper.class, users -> users.names(asked)).stream()
                .collect(Collectors.toUnmodifiableMap(UserMapper.NameRow::id, UserMapper.NameRow::displayName));
    }

    @Override
    public List<String> roles() {
        return roles.list("", Integer.MAX_VALUE).stream()
                .sorted(Comparator.comparing(Roles.Role::builtIn).reversed().thenComparing(Roles.Role::name))
                .map(Roles.Role::name)
                .toList();
    }
}
