package dev.mortise.kernel.job;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.job.JobRun;
import dev.mortise.api.job.RetryPolicy;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.lease.RunLease;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run as its handler sees it. */
final class LeasedJobRun implements JobRun {
    private static final long PROGRESS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JobPick pick;
    private final RunLease lease;
    private final JobLedger ledger;
    private long lastProgress = System.nanoTime() - PROGRESS_EVERY_NANOS;
    private volatile RetryPolicy retries = RetryPolicy.standard();
    private volatile boolean hasBegun;
    private volatile boolean isCompleted;

    LeasedJobRun(JobPick pick, RunLease lease, JobLedger ledger) {
        this.pick = pick;
        this.lease = lease;
        this.ledger = ledger;
    }

    /** Says that the handler is reached, and how it wants to be tried again. */
    void begin(RetryPolicy policy) {
        hasBegun = true;
        retries = policy;
    }

    boolean hasBegun() {
        return hasBegun;
    }

    boolean isCompleted() {
        return isCompleted;
    }

    RetryPolicy retries() {
        return retries;
    }

    @Override
    public UUID id() {
        return pick.id();
    }

    @Override
    public int attempt() {
        return pick.attempt();
    }

    @Override
    public JsonNode payload() {
        return pick.payload();
    }

    @Override
    public <T> T payload(JsonMapper json, Class<T> type) {
        try {
            return json.treeToValue(pick.payload(), type);
        } catch (JacksonException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The payload of job " + pick.id() + " is no " + type.getSimpleName() + ": "
                            + e.getOriginalMessage(),
                    "Let newer versions of the plugin read what older ones have scheduled",
                    e);
        }
    }

    @Override
    public synchronized void progress(double part, String text) {
        long now = System.nanoTime();
        if (now - lastProgress >= PROGRESS_EVERY_NANOS && !isCompleted) {
            lastProgress = now;
            ledger.progress(pick, Math.clamp(part, 0, 1), text);
        }
    }

    @Override
    public <R extends @Nullable Object> R complete(Store store, Function<? super Transaction, ? extends R> work) {
        if (!(store instanceof PluginStore own)) {
            throw new IllegalArgumentException("complete() takes the plugin's own store, context.store()");
        }
        if (isCompleted) {
            throw JobLedger.leaseLost(pick);
        }
        R result = own.transaction(open -> {
            R done = work.apply(open);
            own.kernel(Access.WRITE, book -> {
                JobLedger.succeed(book, pick);
                return true;
            });
            return done;
        });
        isCompleted = true;
        lease.end();
        return result;
    }
}
