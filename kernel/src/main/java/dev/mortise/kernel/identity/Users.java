package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.error.KernelError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The people of a tenant, as administrators change them. Nobody changes a person who may do more than himself, and one
 * administrator always stays.
 */
final class Users {
    private static final int LONGEST_NAME = 200;

    private final IdentityTables tables;
    private final Roles roles;
    private final CredentialMemory memory;
    private final Trail trail;

    Users(IdentityTables tables, Roles roles, CredentialMemory memory, Trail trail) {
        this.tables = tables;
        this.roles = roles;
        this.memory = memory;
        this.trail = trail;
    }

    /** What is to change; what is empty stays. */
    public record Change(Optional<String> displayName, Optional<User.State> state, Optional<Set<String>> roles) {
        /** Reads what is missing as empty. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public Change {
            displayName = displayName == null ? Optional.empty() : displayName;
            state = state == null ? Optional.empty() : state;
            roles = roles == null ? Optional.empty() : roles;
        }
    }

    List<User> list(User.@Nullable State state, @Nullable UUID after, int limit) {
        return tables.read(UserMapper.class, users -> users.list(state, after, limit));
    }

    User get(UUID id) {
        return tables.read(UserMapper.class, users -> users.find(id)).orElseThrow(Users::unknown);
    }

    /**
     * Changes a person. Whoever loses the right to be here, or gets other roles, is signed out everywhere: rights do
     * not change under a running session. Links that were made before end as well.
     *
     * @throws MortiseException with {@code kernel.permission-not-held}, {@code kernel.last-administrator} or
     *     {@code api.conflict}
     */
    User change(UUID id, Change change) {
        Optional<String> name = change.displayName().map(text -> PlainText.required("displayName", text, LONGEST_NAME));
        User changed = tables.transaction(open -> {
            open.mapper(RoleMapper.class).lockTenant();
            UserMapper users = open.mapper(UserMapper.class);
            User before = changeable(open, id);
            List<String> newRoles = change.roles().isPresent()
                    ? roles.givable(open, change.roles().get())
                    : before.roles();
            User.State wanted = change.state().orElse(before.state());
            checkStep(before.state(), wanted);
            User.State state = reachable(users, before, wanted);
            if (isActiveAdministrator(before.state(), before.roles())
                    && !isActiveAdministrator(state, newRoles)
                    && users.otherActiveAdministrators(id) == 0) {
                throw new MortiseException(
                        KernelError.LAST_ADMINISTRATOR,
                        "This is the last active administrator of the tenant",
                        "Make somebody else an administrator first");
            }
            users.update(id, name.orElse(before.displayName()), state, newRoles);
            if (state != before.state() || !newRoles.equals(before.roles())) {
                SignOut.everywhere(open, id);
                // Whoever made the link could come in by it with rights that he had no right to give.
                open.mapper(InvitationMapper.class).revokeAllOf(id);
            }
            trail.record(AuditEntry.done("kernel.user.changed", "user/" + id)
                    .with("state", before.state() + " -> " + state)
                    .with("roles", before.roles() + " -> " + newRoles));
            return users.find(id).orElseThrow(Users::unknown);
        });
        memory.forgetAll();
        return changed;
    }

    /** Ends all sessions and refresh tokens of a person. */
    void signOut(UUID id) {
        tables.transaction(open -> {
            changeable(open, id);
            SignOut.everywhere(open, id);
            trail.record(AuditEntry.done("kernel.user.signed-out", "user/" + id));
            return id;
        });
        memory.forgetKnown();
    }

    /** Returns the person, when the caller holds all that the person holds. */
    User changeable(Transaction open, UUID id) {
        User user = open.mapper(UserMapper.class).find(id).orElseThrow(Users::unknown);
        PermissionSets.requireHeld(roles.permissions(open, user.roles()));
        return user;
    }

    private static boolean isActiveAdministrator(User.State state, List<String> roles) {
        return state == User.State.ACTIVE && roles.contains(BuiltInRole.ADMIN.roleName());
    }

    /** Who was disabled before accepting has no password: the account goes back to where it was, and needs a link. */
    private static User.State reachable(UserMapper users, User before, User.State wanted) {
        boolean returns = before.state() == User.State.DISABLED && wanted == User.State.ACTIVE;
        return returns
                        && users.forSignInById(before.id())
                                .filter(row -> row.passwordHash() != null)
                                .isEmpty()
                ? User.State.INVITED
                : wanted;
    }

    /** An account becomes active the first time by its invitation alone, because it has no password before. */
    private static void checkStep(User.State from, User.State to) {
        boolean isInvited = from == User.State.INVITED;
        if (from != to && (to == User.State.INVITED || (isInvited && to != User.State.DISABLED))) {
            throw new MortiseException(
                    ApiError.CONFLICT,
                    "An account that is " + from + " cannot be made " + to,
                    isInvited ? "Let the person accept the invitation" : "Send a new invitation instead");
        }
        if (from == User.State.DISABLED && to == User.State.LOCKED) {
            throw new MortiseException(
                    ApiError.CONFLICT, "An account that is DISABLED cannot be made LOCKED", "It cannot sign in anyway");
        }
    }

    static MortiseException unknown() {
        return new MortiseException(
                ApiError.NOT_FOUND,
                "There is no such user in this tenant",
                "GET /api/v1/kernel/users lists those there are");
    }
}
