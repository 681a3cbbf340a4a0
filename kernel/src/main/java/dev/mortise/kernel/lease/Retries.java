package dev.mortise.kernel.lease;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.job.RetryPolicy;
import dev.mortise.kernel.error.KernelError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Whether and when a run or a delivery that failed is tried again. */
public final class Retries {
    /** What another try would answer in the same way. */
    private static final Set<ErrorCategory> FINAL = Set.of(
            ErrorCategory.INVALID,
            ErrorCategory.REFUSED,
            ErrorCategory.FORBIDDEN,
            ErrorCategory.NOT_FOUND,
            ErrorCategory.TOO_LARGE);

    private Retries() {}

    /** Returns whether a failure after so many tries is the last. */
    public static boolean isLast(MortiseException failure, int attempts, RetryPolicy policy) {
        return attempts >= policy.attempts()
                || FINAL.contains(failure.errorCode().category());
    }

    /**
     * Returns whether a failure says nothing of the work, because it is that of the database below everybody. Such a
     * try is not counted: an outage must not use up what a job or an event has.
     */
    public static boolean isOfTheDatabase(MortiseException failure) {
        return failure.errorCode() == KernelError.DATABASE_UNAVAILABLE
                || failure.errorCode() == KernelError.DATABASE_DISK_FULL;
    }

    /** Returns a wait with full jitter after so many failed tries. */
    public static Duration waitAfter(int failed, RetryPolicy policy) {
        long ceiling = policy.ceiling(failed).toNanos();
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(ceiling + 1));
    }
}
