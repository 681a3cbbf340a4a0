package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.identity.password.PasswordHashing;
import dev.mortise.kernel.identity.password.PasswordRules;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people change of themselves. Whatever makes the account safer gives the session a new token. */
final class Profiles {
    private static final int MOST_PREFERENCES = 16 * 1024;

    private final IdentityTables tables;
    private final SignIn signIn;
    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final PasswordHashing hashing;
    private final PasswordRules rules;
    private final CredentialMemory memory;
    private final Trail trail;

    Profiles(
            IdentityTables tables,
            SignIn signIn,
            Sessions sessions,
            SecondFactors secondFactors,
            PasswordHashing hashing,
            PasswordRules rules,
            CredentialMemory memory,
            Trail trail) {
        this.tables = tables;
        this.signIn = signIn;
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.hashing = hashing;
        this.rules = rules;
        this.memory = memory;
        this.trail = trail;
    }

    /** The session's new token, where it was a session that asked, and what else there is to tell. */
    record Changed<T>(Optional<Sessions.Opened> session, T result) {}

    User user(UUID id) {
        return tables.read(UserMapper.class, users -> users.find(id)).orElseThrow(Users::unknown);
    }

    User rename(UUID id, @Nullable String displayName) {
        String name = PlainText.required("displayName", displayName, 200);
        return tables.write(UserMapper.class, users -> {
            users.rename(id, name);
            return users.find(id).orElseThrow(Users::unknown);
        });
    }

    JsonNode preferences(UUID id) {
        return tables.read(UserMapper.class, users -> users.preferences(id));
    }

    JsonNode setPreferences(UUID id, JsonNode preferences) {
        if (!preferences.isObject()) {
            throw PlainText.invalid("Preferences are no JSON object", "Send an object such as {\"theme\": \"dark\"}");
        }
        String text = preferences.toString();
        if (text.length() > MOST_PREFERENCES) {
            throw new MortiseException(
                    ApiError.INPUT_TOO_LARGE,
                    "Preferences are longer than " + MOST_PREFERENCES + " characters of JSON",
                    "Keep large things elsewhere");
        }
        if (text.contains("\\u0000")) {
            throw PlainText.invalid("Preferences have the character U+0000", "Leave it out");
        }
        tables.write(UserMapper.class, users -> {
            users.setPreferences(id, preferences);
            return id;
        });
        return preferences;
    }

    /** Sets a new password and signs out everywhere else. */
    Changed<UUID> changePassword(UUID id, @Nullable String current, @Nullable String next) {
        Caller caller = Caller.current();
        TenantId tenant = CallContext.current().tenant();
        UserMapper.SignInRow row = signIn.passwordOnly(tenant, id, current, caller.source());
        String hash = hashing.hash(rules.require(next, row.email()));
        return renewed(id, row.secondFactor() && caller.session().isPresent(), open -> {
            open.mapper(UserMapper.class).setPassword(id, hash);
            trail.record(AuditEntry.done("kernel.password.changed", "user/" + id));
            return id;
        });
    }

    SecondFactors.Enrolment enrol(UUID id, @Nullable String password) {
        TenantId tenant = CallContext.current().tenant();
        UserMapper.SignInRow row =
                signIn.passwordOnly(tenant, id, password, Caller.current().source());
        return secondFactors.enrol(tenant, id, row.email());
    }

    Changed<List<String>> confirm(UUID id, @Nullable String code) {
        TenantId tenant = CallContext.current().tenant();
        return renewed(id, true, open -> secondFactors.confirm(open, tenant, id, code));
    }

    List<String> renewRecoveryCodes(UUID id, @Nullable String password, @Nullable String code) {
        requireSecondFactor(id);
        signIn.checkAgain(
                CallContext.current().tenant(),
                id,
                password,
                code,
                Caller.current().source());
        return tables.transaction(open -> secondFactors.renewRecoveryCodes(open, id));
    }

    Changed<UUID> disable(UUID id, @Nullable String password, @Nullable String code) {
        requireSecondFactor(id);
        signIn.checkAgain(
                CallContext.current().tenant(),
                id,
                password,
                code,
                Caller.current().source());
        return renewed(id, false, open -> {
            secondFactors.remove(open, id);
            return id;
        });
    }

    int recoveryCodesLeft(UUID id) {
        return secondFactors.recoveryCodesLeft(id);
    }

    private void requireSecondFactor(UUID id) {
        if (!user(id).secondFactor()) {
            throw new MortiseException(
                    ApiError.CONFLICT,
                    "The second factor is not on",
                    "Turn it on with POST /api/v1/kernel/me/two-factor");
        }
    }

    /** Makes the change, ends everything else that the person came in by, and gives this session a new token. */
    private <T> Changed<T> renewed(UUID id, boolean secondFactor, Change<T> change) {
        Optional<UUID> session = Caller.current().session();
        Changed<T> changed = tables.transaction(open -> {
            T result = change.make(open);
            SignOut.everywhereElse(open, id, session.orElse(new UUID(0, 0)));
            return new Changed<>(session.map(own -> sessions.rotate(open, own, secondFactor)), result);
        });
        memory.forgetKnown();
        return changed;
    }

    /** A change within a transaction. */
    private interface Change<T> {
        T make(Transaction open);
    }
}
