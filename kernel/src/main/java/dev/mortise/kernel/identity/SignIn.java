package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.identity.password.PasswordHashing;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks e-mail, password and code. Whatever does not fit gets one answer after one time: who has an account here, and
 * in which tenants, is not told.
 */
final class SignIn {
    private static final String DEFAULT_TENANT = "default";
    private static final int LONGEST_TENANT = 200;
    private static final String SIGN_IN = "kernel.sign-in";

    private final IdentityTables tables;
    private final PasswordHashing hashing;
    private final SecondFactors secondFactors;
    private final SignInBackOff backOff;
    private final Trail trail;

    SignIn(
            IdentityTables tables,
            PasswordHashing hashing,
            SecondFactors secondFactors,
            SignInBackOff backOff,
            Trail trail) {
        this.tables = tables;
        this.hashing = hashing;
        this.secondFactors = secondFactors;
        this.backOff = backOff;
        this.trail = trail;
    }

    /**
     * What a person sends.
     *
     * @param tenant the tenant's name; {@code default} where it is missing
     * @param code of the authenticator app, or a recovery code, for accounts with a second factor
     */
    public record Credentials(
            @Nullable String tenant,
            @Nullable String email,
            @Nullable String password,
            @Nullable String code) {
        @Override
        public String toString() {
            return "Credentials[hidden]";
        }
    }

    /** Who has shown to be whom. */
    record Proven(TenantId tenant, UUID id, String email, String displayName, boolean secondFactor) {}

    /**
     * Returns who this is.
     *
     * @throws MortiseException with {@code kernel.credentials-refused}, {@code kernel.second-factor-needed},
     *     {@code kernel.account-closed}, {@code kernel.sign-in-back-off} or {@code kernel.sign-in-busy}
     */
    Proven check(Credentials sent, String source) {
        TenantId tenant = tenant(sent.tenant()).orElse(Caller.NO_TENANT);
        Optional<EmailAddress> email = EmailAddress.find(sent.email());
        SignInBackOff.Attempt attempt = backOff.begin(tenant, accountKey(email, sent.email()), source);
        Optional<UserMapper.SignInRow> found = email.flatMap(
                address -> tables.read(tenant, UserMapper.class, users -> users.forSignIn(address.text())));
        String password = Objects.requireNonNullElse(sent.password(), "");
        String hash = found.map(UserMapper.SignInRow::passwordHash).orElse(null);
        if (!hashing.matches(password, hash)) {
            // Recorded for unknown addresses too: it must take as long.
            note(tenant, found.map(UserMapper.SignInRow::id), "password");
            throw refused();
        }
        UserMapper.SignInRow row = found.orElseThrow(SignIn::refused);
        checkOpen(tenant, row, attempt);
        if (row.secondFactor()) {
            takeCode(tenant, row.id(), sent.code(), attempt);
        }
        noteSignIn(tenant, row, password, Objects.requireNonNull(hash), attempt);
        return new Proven(tenant, row.id(), row.email(), row.displayName(), row.secondFactor());
    }

    /**
     * Checks the password of somebody who is signed in already, and the code where the account has a second factor,
     * with the same patience as at the door.
     */
    void checkAgain(TenantId tenant, UUID user, @Nullable String password, @Nullable String code, String source) {
        UserMapper.SignInRow row = passwordOnly(tenant, user, password, source);
        if (row.secondFactor()) {
            SignInBackOff.Attempt attempt = backOff.begin(tenant, row.email(), source);
            takeCode(tenant, user, code, attempt);
            backOff.succeeded(attempt);
        }
    }

    /** As {@link #checkAgain}, but for the password alone. */
    UserMapper.SignInRow passwordOnly(TenantId tenant, UUID user, @Nullable String password, String source) {
        UserMapper.SignInRow row = tables.read(tenant, UserMapper.class, users -> users.forSignInById(user))
                .orElseThrow(SignIn::refused);
        SignInBackOff.Attempt attempt = backOff.begin(tenant, row.email(), source);
        if (!hashing.matches(Objects.requireNonNullElse(password, ""), row.passwordHash())) {
            throw refused();
        }
        backOff.succeeded(attempt);
        return row;
    }

    private Optional<TenantId> tenant(@Nullable String name) {
        if (name != null && (name.length() > LONGEST_TENANT || name.indexOf('\0') >= 0)) {
            return Optional.empty();
        }
        String wanted = name == null ? DEFAULT_TENANT : name;
        return tables.acrossTenants(UserMapper.class, users -> users.tenantNamed(wanted));
    }

    /** Attempts at addresses that are none are counted as well, under what was sent. */
    private static String accountKey(Optional<EmailAddress> email, @Nullable String sent) {
        return email.map(EmailAddress::text)
                .orElseGet(() -> "?" + Objects.requireNonNullElse(sent, "").toLowerCase(Locale.ROOT));
    }

    private void checkOpen(TenantId tenant, UserMapper.SignInRow row, SignInBackOff.Attempt attempt) {
        if (row.state() != User.State.ACTIVE) {
            backOff.neither(attempt);
            note(tenant, Optional.of(row.id()), "account closed");
            throw new MortiseException(
                    KernelError.ACCOUNT_CLOSED,
                    "The account is " + row.state().name().toLowerCase(Locale.ROOT),
                    "Ask an administrator of your tenant");
        }
    }

    private void takeCode(TenantId tenant, UUID user, @Nullable String code, SignInBackOff.Attempt attempt) {
        if (code == null || code.isBlank()) {
            backOff.neither(attempt);
            throw new MortiseException(
                    KernelError.SECOND_FACTOR_NEEDED,
                    "The account asks for a code of the authenticator app, or a recovery code",
                    "Send the same again with \"code\"");
        }
        if (!secondFactors.take(tenant, user, code)) {
            note(tenant, Optional.of(user), "second factor");
            throw SecondFactors.wrongCode();
        }
    }

    /** One transaction for all: each would wait for the disk. */
    private void noteSignIn(
            TenantId tenant, UserMapper.SignInRow row, String password, String hash, SignInBackOff.Attempt attempt) {
        String better = hashing.isOutdated(hash) ? hashing.hash(password) : hash;
        AuditEntry entry =
                AuditEntry.done(SIGN_IN, "user/" + row.id()).with("secondFactor", String.valueOf(row.secondFactor()));
        tables.transaction(tenant, open -> {
            backOff.succeeded(attempt);
            UserMapper users = open.mapper(UserMapper.class);
            users.noteSignIn(row.id());
            if (!better.equals(hash)) {
                users.rehash(row.id(), hash, better);
            }
            trail.record(tenant, Trail.person(row.id()), entry);
            return row;
        });
    }

    /** Not the ones that the back-off holds up: what strangers do must not fill the record. */
    private void note(TenantId tenant, Optional<UUID> account, String reason) {
        trail.refused(tenant, SIGN_IN, "user/" + account.map(UUID::toString).orElse("unknown"), reason);
    }

    private static MortiseException refused() {
        return new MortiseException(
                KernelError.CREDENTIALS_REFUSED,
                "E-mail, password or tenant do not fit",
                "Check them, or ask an administrator of your tenant for a new link");
    }
}
