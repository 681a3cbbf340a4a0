package dev.mortise.kernel.identity;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.error.RetryLater;
import java.time.Duration;

/**
 * Slows guessing down without shutting anybody out. Failures are counted in the database, so all nodes count together,
 * in three ways: of one source at one account (wait doubles after 5 failures, up to 15 minutes), of one source at all
 * accounts (after 30, up to 15 minutes), and of all sources at one account (after 30, up to a minute). The last one
 * does not hold back a source from which the person signed in within 30 days: strangers cannot lock the account. Counts
 * are forgotten an hour after the last failure.
 */
final class SignInBackOff {
    private static final Rules RULES = new Rules(5, 30, 900, 60, 30);

    private final IdentityTables tables;

    SignInBackOff(IdentityTables tables) {
        this.tables = tables;
    }

    /**
     * How patient it is.
     *
     * @param freeOfPair failures of one source at one account before it waits
     * @param freeOfOthers failures of one source, or at one account, before it waits
     * @param knownDays for how many days a source is known to an account after it signed in
     */
    record Rules(int freeOfPair, int freeOfOthers, int longestSeconds, int longestOfAccountSeconds, int knownDays) {}

    /** One attempt that has been counted as a failure until more is known. */
    record Attempt(TenantId tenant, String name, String from) {
        private byte[] account() {
            return OpaqueToken.sha256("account " + name);
        }

        private byte[] pair() {
            return OpaqueToken.sha256("pair " + from + " " + name);
        }

        private byte[] source() {
            return OpaqueToken.sha256("source " + from);
        }
    }

    /**
     * Counts an attempt before it is made.
     *
     * @param account how the account is called, in whatever form it was sent
     * @throws RetryLater with {@code kernel.sign-in-back-off}; the attempt was not counted then
     */
    Attempt begin(TenantId tenant, String account, String source) {
        Attempt attempt = new Attempt(tenant, account, source);
        int seconds = tables.write(
                tenant,
                AttemptMapper.class,
                attempts -> attempts.begin(attempt.account(), attempt.pair(), attempt.source(), RULES));
        if (seconds > 0) {
            throw new RetryLater(
                    KernelError.SIGN_IN_BACK_OFF,
                    "Too many attempts have failed; the next one is accepted in " + seconds + " s",
                    "Wait as the header Retry-After says, then try again",
                    Duration.ofSeconds(seconds));
        }
        return attempt;
    }

    /** The person was let in. */
    void succeeded(Attempt attempt) {
        tables.write(attempt.tenant(), AttemptMapper.class, attempts -> {
            attempts.undo(attempt.account(), attempt.pair(), attempt.source());
            attempts.succeeded(attempt.pair());
            attempts.removeOld(RULES.knownDays());
            return attempt;
        });
    }

    /** It was no failure, and no success yet: the code is still to come. */
    void neither(Attempt attempt) {
        tables.write(attempt.tenant(), AttemptMapper.class, attempts -> {
            attempts.undo(attempt.account(), attempt.pair(), attempt.source());
            return attempt;
        });
    }
}
