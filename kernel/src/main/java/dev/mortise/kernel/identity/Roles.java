package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Roles: the {@linkplain BuiltInRole built-in ones}, and those that a tenant makes of declared permissions. Whoever has
 * several may do what any of them grants.
 */
final class Roles {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final int MOST_AT_ONCE = 50;

    private final IdentityTables tables;
    private final Supplier<Set<String>> declared;
    private final CredentialMemory memory;
    private final Trail trail;

    /** @param declared the permissions that the kernel and the running plugins declare, at the moment it is asked */
    Roles(IdentityTables tables, Supplier<Set<String>> declared, CredentialMemory memory, Trail trail) {
        this.tables = tables;
        this.declared = declared;
        this.memory = memory;
        this.trail = trail;
    }

    /** A role of the tenant's own. */
    record OwnRole(String name, String description, List<String> permissions) {}

    /**
     * A role as it is shown.
     *
     * @param permissions what it grants now
     */
    public record Role(String name, String description, boolean builtIn, Set<String> permissions) {}

    Set<String> declared() {
        return declared.get();
    }

    /** Returns the roles whose names come after the given one, by name. */
    List<Role> list(String after, int limit) {
        Set<String> now = declared.get();
        Stream<Role> builtIn = Stream.of(BuiltInRole.values())
                .filter(role -> role.roleName().compareTo(after) > 0)
                .map(role -> shown(role, now));
        Stream<Role> own = tables.read(RoleMapper.class, roles -> roles.list(after, limit)).stream()
                .map(Roles::shown);
        return Stream.concat(builtIn, own)
                .sorted(Comparator.comparing(Role::name))
                .limit(limit)
                .toList();
    }

    Role get(String name) {
        return BuiltInRole.named(name)
                .map(role -> shown(role, declared.get()))
                .or(() ->
                        tables.read(RoleMapper.class, roles -> roles.find(name)).map(Roles::shown))
                .orElseThrow(() -> unknown());
    }

    private static Role shown(BuiltInRole role, Set<String> declared) {
        return new Role(role.roleName(), role.description(), true, new TreeSet<>(role.permissions(declared)));
    }

    private static Role shown(OwnRole role) {
        return new Role(role.name(), role.description(), false, new TreeSet<>(role.permissions()));
    }

    /**
     * Makes a role.
     *
     * @throws MortiseException with {@code api.conflict} when the name is taken, {@code kernel.permission-not-held}
     */
    Role create(@Nullable String name, @Nullable String description, @Nullable Set<String> permissions) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw PlainText.invalid(
                    "\"name\" is no role's name",
                    "Send 1 to 63 lower-case letters, digits and hyphens, a letter first");
        }
        Set<String> granted = checked(permissions);
        String text = PlainText.optional("description", description, 500);
        int made = BuiltInRole.named(name).isPresent()
                ? 0
                : tables.write(RoleMapper.class, roles -> {
                    int inserted = roles.insert(name, text, List.copyOf(granted));
                    if (inserted > 0) {
                        trail.record(AuditEntry.done("kernel.role.created", "role/" + name)
                                .with("permissions", String.join(" ", granted)));
                    }
                    return inserted;
                });
        if (made == 0) {
            throw new MortiseException(
                    ApiError.CONFLICT,
                    "There is a role \"" + name + "\" already",
                    "Choose another name, or change that one");
        }
        return new Role(name, text, false, granted);
    }

    /** Changes a role of the tenant's own; whoever has it gets or loses the difference within 5 seconds. */
    Role change(String name, @Nullable String description, @Nullable Set<String> permissions) {
        Set<String> granted = checked(permissions);
        String text = PlainText.optional("description", description, 500);
        tables.transaction(open -> {
            RoleMapper roles = open.mapper(RoleMapper.class);
            roles.lockTenant();
            OwnRole before = own(roles, name);
            PermissionSets.requireHeld(before.permissions());
            trail.record(AuditEntry.done("kernel.role.changed", "role/" + name)
                    .with("before", String.join(" ", before.permissions()))
                    .with("permissions", String.join(" ", granted)));
            return roles.update(name, text, List.copyOf(granted));
        });
        memory.forgetKnown();
        return new Role(name, text, false, granted);
    }

    /**
     * Removes a role of the tenant's own.
     *
     * @throws MortiseException with {@code api.conflict} while somebody has it
     */
    void remove(String name) {
        tables.transaction(open -> {
            RoleMapper roles = open.mapper(RoleMapper.class);
            roles.lockTenant();
            PermissionSets.requireHeld(own(roles, name).permissions());
            int holders = roles.holders(name);
            if (holders > 0) {
                throw new MortiseException(
                        ApiError.CONFLICT,
                        "The role \"" + name + "\" is given to " + holders + " people or service accounts",
                        "Take it from them first");
            }
            trail.record(AuditEntry.done("kernel.role.removed", "role/" + name));
            return roles.delete(name);
        });
    }

    private static OwnRole own(RoleMapper roles, String name) {
        if (BuiltInRole.named(name).isPresent()) {
            throw new MortiseException(
                    ApiError.CONFLICT, "The role \"" + name + "\" is built in", "Make a role of your own instead");
        }
        return roles.find(name).orElseThrow(() -> unknown());
    }

    private Set<String> checked(@Nullable Set<String> permissions) {
        Set<String> names = PermissionNames.require(permissions);
        Set<String> known = declared.get();
        List<String> strange = names.stream()
                .filter(name -> !name.equals("*") && known.stream().noneMatch(one -> PermissionSets.covers(name, one)))
                .limit(5)
                .toList();
        if (!strange.isEmpty()) {
            throw PlainText.invalid(
                    "Nothing that runs declares " + String.join(", ", strange),
                    "GET /api/v1/kernel/permissions lists what does; start the plugin first");
        }
        PermissionSets.requireHeld(names);
        return names;
    }

    /** Returns what the roles grant now. */
    Set<String> permissions(Collection<String> names) {
        return permissions(names, tables.read(RoleMapper.class, roles -> roles.permissions(List.copyOf(names))));
    }

    /** As {@link #permissions(Collection)}, in an open transaction. */
    Set<String> permissions(Transaction open, Collection<String> names) {
        return permissions(names, open.mapper(RoleMapper.class).permissions(List.copyOf(names)));
    }

    /** Returns what the roles grant, when that of the own ones among them is known. */
    Set<String> permissions(Collection<String> names, Collection<String> ofOwnRoles) {
        Set<String> granted = new TreeSet<>(ofOwnRoles);
        Set<String> now = declared.get();
        names.stream()
                .flatMap(name -> BuiltInRole.named(name).stream())
                .forEach(role -> granted.addAll(role.permissions(now)));
        return granted;
    }

    /**
     * Returns the names, sorted, when all of them exist and the caller holds what they grant. In an open transaction
     * that has locked the tenant.
     */
    List<String> givable(Transaction open, @Nullable Collection<String> names) {
        if (names == null || names.size() > MOST_AT_ONCE) {
            throw PlainText.invalid("\"roles\" has not from 0 to " + MOST_AT_ONCE + " names", "Send a list of names");
        }
        RoleMapper roles = open.mapper(RoleMapper.class);
        for (@Nullable String name : names) {
            if (name == null
                    || (BuiltInRole.named(name).isEmpty()
                            && (!NAME.matcher(name).matches()
                                    || roles.find(name).isEmpty()))) {
                throw PlainText.invalid(
                        "\"roles\" has an entry that is no role of this tenant",
                        "GET /api/v1/kernel/roles lists those there are");
            }
        }
        PermissionSets.requireHeld(permissions(open, names));
        return List.copyOf(new TreeSet<>(names));
    }

    boolean secondFactorRequired() {
        return tables.read(RoleMapper.class, RoleMapper::secondFactorRequired);
    }

    void requireSecondFactor(boolean required) {
        tables.write(RoleMapper.class, roles -> {
            roles.requireSecondFactor(required);
            trail.record(AuditEntry.done("kernel.identity-policy.changed", "identity-policy")
                    .with("secondFactorRequired", String.valueOf(required)));
            return required;
        });
        memory.forgetKnown();
    }

    private static MortiseException unknown() {
        return new MortiseException(
                ApiError.NOT_FOUND,
                "There is no such role in this tenant",
                "GET /api/v1/kernel/roles lists those there are");
    }
}
