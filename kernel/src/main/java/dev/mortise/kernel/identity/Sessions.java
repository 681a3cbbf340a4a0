package dev.mortise.kernel.identity;

import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions: a random token in a cookie that scripts cannot read, and a second one, derived from it, that
 * scripts of the same origin send with every change. A page of another origin gets neither.
 */
final class Sessions {
    private static final String PREFIX = "ms_";
    private static final int LONGEST = 100;

    private final IdentityTables tables;
    private final Roles roles;
    private final CredentialMemory memory;
    private final IdentityOptions options;
    private final SecureRandom random = new SecureRandom();

    Sessions(IdentityTables tables, Roles roles, CredentialMemory memory, IdentityOptions options) {
        this.tables = tables;
        this.roles = roles;
        this.memory = memory;
        this.options = options;
    }

    /**
     * A session as its owner sees it.
     *
     * @param current whether it is the one that asks
     * @param client what the browser called itself when it signed in
     * @param lastSeenAt noted once a minute at most
     */
    public record Session(
            UUID id,
            boolean current,
            String source,
            String client,
            boolean secondFactor,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt) {}

    /** A session that was just opened, or has just got a new token. */
    record Opened(String token, String csrfToken) {
        static Opened of(OpaqueToken token) {
            return new Opened(token.text(), Sessions.csrfToken(token.text()));
        }

        @Override
        public String toString() {
            return "Opened[hidden]";
        }
    }

    /**
     * Opens a session.
     *
     * @param client what the browser calls itself
     */
    Opened open(TenantId tenant, UUID user, boolean secondFactor, String source, String client) {
        OpaqueToken token = OpaqueToken.mint(PREFIX, random);
        tables.write(tenant, SessionMapper.class, sessions -> {
            sessions.removeExpired();
            return sessions.insert(
                    user,
                    token.hash(),
                    secondFactor,
                    source,
                    printable(client),
                    options.sessionLife().toSeconds());
        });
        return Opened.of(token);
    }

    private static String printable(String client) {
        String text = client.codePoints()
                .filter(point -> !PlainText.isHidden(point))
                .limit(200)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.length() <= 200 ? text : text.substring(0, 200);
    }

    /** Returns whom the cookie's value stands for. */
    Optional<Verified> verify(String token, String source) {
        if (!token.startsWith(PREFIX) || token.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = OpaqueToken.sha256(token);
        int idle = (int) options.idle().toSeconds();
        return memory.recall(
                hash,
                source,
                () -> tables.acrossTenants(SessionMapper.class, sessions -> sessions.find(hash, idle))
                        .map(this::verified));
    }

    private Verified verified(SessionMapper.SessionRow row) {
        Set<String> permissions = row.restricted() ? Set.of() : roles.permissions(row.roles(), row.ownPermissions());
        return new Verified(
                row.tenantId(),
                new Principal("user:" + row.userId(), Principal.Kind.USER, permissions),
                Optional.of(row.userId()),
                Optional.of(row.sessionId()),
                Verified.left(row.secondsLeft()));
    }

    List<Session> ofUser(UUID user, Optional<UUID> current, @Nullable UUID after, int limit) {
        int idle = (int) options.idle().toSeconds();
        return tables.read(
                SessionMapper.class,
                sessions -> sessions.ofUser(user, idle, current.orElse(new UUID(0, 0)), after, limit));
    }

    /** Gives a session a new token, in an open transaction, after the rights that it stands for have changed. */
    Opened rotate(Transaction open, UUID session, boolean secondFactor) {
        OpaqueToken token = OpaqueToken.mint(PREFIX, random);
        if (open.mapper(SessionMapper.class).rotate(session, token.hash(), secondFactor) == 0) {
            throw unknown();
        }
        return Opened.of(token);
    }

    void end(UUID user, UUID session) {
        if (!endIfThere(user, session)) {
            throw unknown();
        }
    }

    boolean endIfThere(UUID user, UUID session) {
        int ended = tables.write(SessionMapper.class, sessions -> sessions.end(user, session));
        memory.forgetKnown();
        return ended > 0;
    }

    void endAll(UUID user) {
        tables.transaction(open -> {
            SignOut.everywhere(open, user);
            return user;
        });
        memory.forgetKnown();
    }

    /** Returns the token that proves that a request comes from a page of ours: only such can have been told it. */
    static String csrfToken(String sessionToken) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(OpaqueToken.sha256("csrf " + sessionToken));
    }

    private static MortiseException unknown() {
        return new MortiseException(
                ApiError.NOT_FOUND,
                "You have no such session",
                "GET /api/v1/kernel/sessions lists those that you have");
    }
}
