package dev.mortise.kernel.call;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What travels with a call beside its {@link dev.mortise.api.call.CallContext}. A scoped value, so it ends with the
 * call; whoever starts a thread for the call hands it on with {@link #carry}.
 *
 * @param guard has a word before commits
 */
public record CallScope(@Nullable CommitGuard guard) {
    private static final ScopedValue<CallScope> CURRENT = ScopedValue.newInstance();
    private static final CallScope NOTHING = new CallScope(null);

    private static CallScope current() {
        return CURRENT.isBound() ? CURRENT.get() : NOTHING;
    }

    /** Runs the work under a guard. */
    public static void guarded(CommitGuard guard, Runnable work) {
        ScopedValue.where(CURRENT, new CallScope(guard)).run(work);
    }

    /** Returns the guard of this call. */
    public static Optional<CommitGuard> commitGuard() {
        return Optional.ofNullable(current().guard());
    }

    /** Returns the work, to be run on another thread with what travels with this call. */
    public static Runnable carry(Runnable work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        CallScope scope = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, scope).run(work);
    }
}
