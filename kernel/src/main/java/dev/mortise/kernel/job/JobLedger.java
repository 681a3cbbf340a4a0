package dev.mortise.kernel.job;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.redact.Redaction;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How runs end, in the book. Each call is for the run that holds the job; of any other it changes nothing. */
record JobLedger(SchemaSessions sessions) {
    private static final int LONGEST_MESSAGE = 2_000;

    /** Ends a job well, inside of a transaction that is open. */
    static void succeed(Transaction open, JobPick pick) {
        if (!open.mapper(JobMapper.class).end(pick.id(), pick.version(), "SUCCEEDED", null, null)) {
            throw leaseLost(pick);
        }
    }

    /** Ends a job well. Returns false when the lease was lost. */
    boolean succeed(JobPick pick) {
        return write(pick, jobs -> jobs.end(pick.id(), pick.version(), "SUCCEEDED", null, null));
    }

    boolean bury(JobPick pick, MortiseException failure) {
        return write(
                pick,
                jobs -> jobs.end(
                        pick.id(), pick.version(), "DEAD", failure.errorCode().code(), text(failure)));
    }

    boolean tryAgain(JobPick pick, Duration wait, MortiseException failure) {
        return write(
                pick,
                jobs -> jobs.retry(
                        pick.id(),
                        pick.version(),
                        seconds(wait),
                        /* counted= */ true,
                        failure.errorCode().code(),
                        text(failure)));
    }

    /** Gives a job back that could not be run here, without counting the run. */
    boolean giveBack(JobPick pick, Duration wait) {
        return write(
                pick, jobs -> jobs.retry(pick.id(), pick.version(), seconds(wait), /* counted= */ false, null, null));
    }

    void progress(JobPick pick, double part, String text) {
        write(pick, jobs -> jobs.progress(pick.id(), part, limited(text)) > 0);
    }

    static MortiseException leaseLost(JobPick pick) {
        return new MortiseException(
                KernelError.JOB_LEASE_LOST,
                "The job " + pick.id() + " of " + pick.handler() + " belongs to another run by now, or was cancelled",
                "End the work; it is done, or will be, by another run");
    }

    private interface Entry {
        boolean make(JobMapper jobs);
    }

    private boolean write(JobPick pick, Entry entry) {
        return sessions.inTransaction(
                pick.context().tenant(), Access.WRITE, open -> entry.make(open.mapper(JobMapper.class)));
    }

    private static double seconds(Duration wait) {
        return wait.toNanos() / 1e9;
    }

    private static @Nullable String text(MortiseException failure) {
        return limited(failure.getMessage());
    }

    /** What a plugin says of its work is shown to whoever may look at jobs. */
    private static String limited(@Nullable String text) {
        // PostgreSQL's text takes every character but this one.
        String clean = text == null ? "" : Redaction.of(text.replace('\0', ' '));
        return clean.length() <= LONGEST_MESSAGE ? clean : clean.substring(0, LONGEST_MESSAGE) + "…";
    }
}
