package dev.mortise.kernel.identity;

import dev.mortise.api.store.Transaction;
import java.util.UUID;

/** Ends what a person came in by. */
final class SignOut {
    private SignOut() {}

    /** Ends all sessions and token families of the person, in an open transaction. */
    static void everywhere(Transaction open, UUID user) {
        open.mapper(SessionMapper.class).endAll(user);
        open.mapper(TokenMapper.class).revokeAllOfUser(user, "signed out everywhere");
    }

    /** As {@link #everywhere}, but for one session. */
    static void everywhereElse(Transaction open, UUID user, UUID session) {
        open.mapper(SessionMapper.class).endOthers(user, session);
        open.mapper(TokenMapper.class).revokeAllOfUser(user, "signed out everywhere else");
    }
}
