package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of machines: they have roles as people do, come in by API keys and tokens, and have no password. All keys of
 * one act as one principal, so a key can be replaced without anybody noticing.
 */
final class ServiceAccounts {
    private static final String PRINCIPAL = "service:";

    private final IdentityTables tables;
    private final Roles roles;
    private final CredentialMemory memory;
    private final Trail trail;

    ServiceAccounts(IdentityTables tables, Roles roles, CredentialMemory memory, Trail trail) {
        this.tables = tables;
        this.roles = roles;
        this.memory = memory;
        this.trail = trail;
    }

    /** Whether its keys are taken. */
    public enum State {
        /** They are. */
        ACTIVE,
        /** They are not; they can be again. */
        DISABLED
    }

    /**
     * An account of a machine.
     *
     * @param name unique in the tenant
     */
    public record ServiceAccount(
            UUID id, String name, String description, State state, List<String> roles, Instant createdAt) {}

    /** What is to change; what is empty stays. */
    public record Change(Optional<String> description, Optional<State> state, Optional<Set<String>> roles) {
        /** Reads what is missing as empty. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public Change {
            description = description == null ? Optional.empty() : description;
            state = state == null ? Optional.empty() : state;
            roles = roles == null ? Optional.empty() : roles;
        }
    }

    static UUID idOf(Principal principal) {
        return UUID.fromString(principal.id().substring(PRINCIPAL.length()));
    }

    List<ServiceAccount> list(@Nullable UUID after, int limit) {
        return tables.read(ServiceAccountMapper.class, accounts -> accounts.list(after, limit));
    }

    ServiceAccount get(UUID id) {
        return tables.read(ServiceAccountMapper.class, accounts -> accounts.find(id))
                .orElseThrow(ServiceAccounts::unknown);
    }

    /** Returns the account unless it is disabled. */
    ServiceAccount active(UUID id) {
        ServiceAccount account = get(id);
        if (account.state() != State.ACTIVE) {
            throw new MortiseException(
                    ApiError.CONFLICT, "The service account is disabled", "Make it active before you give it keys");
        }
        return account;
    }

    ServiceAccount create(@Nullable String name, @Nullable String description, @Nullable Set<String> roleNames) {
        String called = PlainText.required("name", name, 200);
        String text = PlainText.optional("description", description, 500);
        return tables.transaction(open -> {
            open.mapper(RoleMapper.class).lockTenant();
            ServiceAccountMapper accounts = open.mapper(ServiceAccountMapper.class);
            List<String> given = roles.givable(open, roleNames == null ? Set.of() : roleNames);
            UUID id = accounts.insert(called, text, given)
                    .orElseThrow(() -> new MortiseException(
                            ApiError.CONFLICT, "A service account of that name is there", "Choose another name"));
            trail.record(AuditEntry.done("kernel.service-account.created", "service-account/" + id)
                    .with("name", called)
                    .with("roles", given.toString()));
            return accounts.find(id).orElseThrow(ServiceAccounts::unknown);
        });
    }

    ServiceAccount change(UUID id, Change change) {
        Optional<String> text = change.description().map(given -> PlainText.optional("description", given, 500));
        ServiceAccount changed = tables.transaction(open -> {
            open.mapper(RoleMapper.class).lockTenant();
            ServiceAccountMapper accounts = open.mapper(ServiceAccountMapper.class);
            ServiceAccount before = accounts.find(id).orElseThrow(ServiceAccounts::unknown);
            PermissionSets.requireHeld(roles.permissions(open, before.roles()));
            List<String> given = change.roles().isPresent()
                    ? roles.givable(open, change.roles().get())
                    : before.roles();
            State state = change.state().orElse(before.state());
            trail.record(AuditEntry.done("kernel.service-account.changed", "service-account/" + id)
                    .with("state", before.state() + " -> " + state)
                    .with("roles", before.roles() + " -> " + given));
            accounts.update(id, text.orElse(before.description()), state, given);
            return accounts.find(id).orElseThrow(ServiceAccounts::unknown);
        });
        memory.forgetAll();
        return changed;
    }

    private static MortiseException unknown() {
        return new MortiseException(
                ApiError.NOT_FOUND,
                "There is no such service account in this tenant",
                "GET /api/v1/kernel/service-accounts lists those there are");
    }
}
