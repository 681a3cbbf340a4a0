package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.identity.password.PasswordHashing;
import dev.mortise.kernel.identity.password.PasswordRules;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How people come in: somebody invites an e-mail address and gets a link that works once; whoever opens it chooses the
 * password. For a person who has an account already, the link sets a new password. A new invitation ends the former
 * ones of the same person.
 */
final class Invitations {
    private static final String PREFIX = "mi_";
    private static final int LONGEST_TOKEN = 100;
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final IdentityTables tables;
    private final Users users;
    private final Roles roles;
    private final PasswordHashing hashing;
    private final PasswordRules rules;
    private final CredentialMemory memory;
    private final Trail trail;
    private final SecureRandom random = new SecureRandom();

    Invitations(
            IdentityTables tables,
            Users users,
            Roles roles,
            PasswordHashing hashing,
            PasswordRules rules,
            CredentialMemory memory,
            Trail trail) {
        this.tables = tables;
        this.users = users;
        this.roles = roles;
        this.hashing = hashing;
        this.rules = rules;
        this.memory = memory;
        this.trail = trail;
    }

    /** An invitation that can still be accepted, as it is shown: all but its token. */
    public record Invitation(
            UUID id,
            UUID userId,
            String email,
            List<String> roles,
            String createdBy,
            Instant createdAt,
            Instant expiresAt) {}

    /**
     * Whom to invite.
     *
     * @param displayName the address where it is missing; the person can change it
     * @param validSeconds a week where it is missing, 30 days at most
     */
    public record Request(
            @Nullable String email,
            @Nullable String displayName,
            @Nullable Set<String> roles,
            @Nullable Long validSeconds) {}

    /**
     * An invitation that was just made.
     *
     * @param token told here and nowhere else
     * @param link the console's page for it, relative to where the server is reached; the token is in the fragment, so
     *     that no log has it
     */
    public record Issued(Invitation invitation, String token, String link) {
        @Override
        public String toString() {
            return "Issued[" + invitation.id() + ", token hidden]";
        }
    }

    /** What the invited person sends. */
    public record Acceptance(
            @Nullable String token,
            @Nullable String password,
            @Nullable String displayName) {
        @Override
        public String toString() {
            return "Acceptance[hidden]";
        }
    }

    /**
     * Invites somebody who has no account here.
     *
     * @throws MortiseException with {@code api.conflict} when the address has an account,
     *     {@code kernel.permission-not-held}
     */
    Issued invite(Request request) {
        EmailAddress email = EmailAddress.parse(request.email());
        String given = PlainText.optional("displayName", request.displayName(), 200);
        String name = given.isEmpty() ? shortened(email.text()) : given;
        Duration valid = validity(request.validSeconds());
        return tables.transaction(open -> {
            open.mapper(RoleMapper.class).lockTenant();
            List<String> giving = roles.givable(open, request.roles() == null ? Set.of() : request.roles());
            UserMapper people = open.mapper(UserMapper.class);
            UUID user = people.insert(email.text(), name, giving)
                    .orElseThrow(() -> new MortiseException(
                            ApiError.CONFLICT,
                            "Somebody with this e-mail address has an account or an invitation here",
                            "Send a new link with POST /api/v1/kernel/invitations/again"));
            return issue(open, user, valid);
        });
    }

    /** Makes a new link for a person: a first one for the invited, one for a new password for the others. */
    Issued again(UUID user, @Nullable Long validSeconds) {
        Duration valid = validity(validSeconds);
        return tables.transaction(open -> {
            User person = users.changeable(open, user);
            if (person.state() == User.State.DISABLED) {
                throw new MortiseException(
                        ApiError.CONFLICT, "The account is DISABLED", "Make it active first, then send a link");
            }
            open.mapper(InvitationMapper.class).revokeAllOf(user);
            return issue(open, user, valid);
        });
    }

    private Issued issue(Transaction open, UUID user, Duration valid) {
        InvitationMapper invitations = open.mapper(InvitationMapper.class);
        OpaqueToken token = OpaqueToken.mint(PREFIX, random);
        String by = CallContext.current().principal().id();
        UUID id = invitations.insert(user, token.hash(), by, valid.toSeconds());
        Invitation made = invitations.find(id).orElseThrow(Invitations::invalid);
        trail.record(AuditEntry.done("kernel.invitation.created", "invitation/" + id)
                .with("user", user.toString())
                .with("roles", made.roles().toString()));
        return new Issued(made, token.text(), "/console/accept-invitation#" + token.text());
    }

    List<Invitation> open(@Nullable UUID after, int limit) {
        return tables.read(InvitationMapper.class, open -> open.open(after, limit));
    }

    void revoke(UUID id) {
        tables.write(InvitationMapper.class, invitations -> {
            if (invitations.revoke(id) == 0) {
                throw invalid();
            }
            trail.record(AuditEntry.done("kernel.invitation.revoked", "invitation/" + id));
            return id;
        });
    }

    /**
     * Accepts an invitation, for whoever has its token.
     *
     * @throws MortiseException with {@code kernel.invitation-invalid}, or {@code kernel.password-refused}, after which
     *     it can be tried again
     */
    User accept(Acceptance acceptance) {
        String token = acceptance.token();
        if (token == null || !token.startsWith(PREFIX) || token.length() > LONGEST_TOKEN) {
            throw invalid();
        }
        byte[] hash = OpaqueToken.sha256(token);
        InvitationMapper.Place place = tables.acrossTenants(InvitationMapper.class, open -> open.place(hash))
                .orElseThrow(Invitations::invalid);
        Invitation invitation = tables.read(place.tenantId(), InvitationMapper.class, open -> open.find(place.id()))
                .orElseThrow(Invitations::invalid);
        String name = PlainText.optional("displayName", acceptance.displayName(), 200);
        String password = rules.require(acceptance.password(), invitation.email());
        String hashed = hashing.hash(password);
        User user = tables.transaction(place.tenantId(), open -> {
            UUID id = open.mapper(InvitationMapper.class).accept(place.id()).orElseThrow(Invitations::invalid);
            UserMapper people = open.mapper(UserMapper.class);
            Optional<User> person = people.find(id)
                    .filter(found -> found.state() == User.State.INVITED || found.state() == User.State.ACTIVE);
            if (person.isEmpty()) {
                throw invalid();
            }
            people.activate(id, name.isEmpty() ? null : name, hashed);
            SignOut.everywhere(open, id);
            trail.record(
                    place.tenantId(),
                    Trail.person(id),
                    AuditEntry.done("kernel.invitation.accepted", "invitation/" + place.id())
                            .with("user", id.toString()));
            return people.find(id).orElseThrow(Invitations::invalid);
        });
        memory.forgetKnown();
        return user;
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200);
    }

    private static Duration validity(@Nullable Long seconds) {
        if (seconds == null) {
            return USUAL;
        }
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw PlainText.invalid(
                    "\"validSeconds\" is not from 1 to " + LONGEST.toSeconds(), "Send a number in that range");
        }
        return Duration.ofSeconds(seconds);
    }

    private static MortiseException invalid() {
        return new MortiseException(
                KernelError.INVITATION_INVALID,
                "The invitation is unknown, expired, revoked or was used",
                "Ask whoever invited you for a new one");
    }
}
