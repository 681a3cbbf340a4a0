package dev.mortise.kernel.job;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.job.JobHandler;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.lease.Retries;
import dev.mortise.kernel.lease.RunLease;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.trace.TraceRoom;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs that were picked for this node, each on the thread that it is called on, and writes down how they ended.
 */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration UNTIL_IT_IS_BACK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ENTRIES = Duration.ofMillis(200);

    private final Map<UUID, Thread> running = new ConcurrentHashMap<>();
    private final ExtensionRegistry registry;
    private final JobLedger ledger;
    private final MeterRegistry meters;
    private final TraceRoom traces;
    private final Duration patience;
    private volatile boolean closing;

    /** @param patience how long the end of a run is tried to be written down while the database is away */
    JobRunner(ExtensionRegistry registry, JobLedger ledger, MeterRegistry meters, TraceRoom traces, Duration patience) {
        this.registry = registry;
        this.ledger = ledger;
        this.meters = meters;
        this.traces = traces;
        this.patience = patience;
    }

    /** Runs a job to whatever end. Throws nothing: what cannot be written down is left to the end of the lease. */
    void run(JobPick pick) {
        RunLease lease = RunLease.ofJob(pick.id(), pick.version());
        LeasedJobRun run = new LeasedJobRun(pick, lease, ledger);
        running.put(pick.id(), Thread.currentThread());
        long began = System.nanoTime();
        String outcome = "lost";
        try {
            pick.context().run(() -> lease.run(() -> traced(pick, run)));
            outcome = run.isCompleted() || written(() -> ledger.succeed(pick)) ? "succeeded" : "lost";
        } catch (MortiseException failure) {
            outcome = end(pick, run, failure);
        } finally {
            lease.end();
            running.remove(pick.id());
            meters.timer("mortise.job.runs", "handler", pick.handler(), "outcome", outcome)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    private void traced(JobPick pick, LeasedJobRun run) {
        traces.inSpanBelow(pick.traceparent(), "job " + pick.handler(), SpanKind.CONSUMER, span -> {
            span.put("mortise.plugin", pick.plugin())
                    .put("mortise.job", pick.id().toString())
                    .put("mortise.job.attempt", pick.attempt());
            call(pick, run);
            return true;
        });
    }

    private void call(JobPick pick, LeasedJobRun run) {
        registry.call(JobHandler.class, pick.handler(), handler -> {
            run.begin(handler.retries());
            handler.run(run);
            return true;
        });
    }

    private String end(JobPick pick, LeasedJobRun run, MortiseException failure) {
        if (run.isCompleted()) {
            LOG.warn("Job {} of {} failed after it was complete", pick.id(), pick.handler(), failure);
            return "succeeded";
        }
        if (failure.errorCode() == KernelError.JOB_LEASE_LOST) {
            LOG.info("Job {} of {} was taken from this run; nothing of it is kept", pick.id(), pick.handler());
            return "lost";
        }
        boolean isStopping = closing && failure.errorCode() == ApiError.INTERRUPTED;
        if (!run.hasBegun() || isStopping || Retries.isOfTheDatabase(failure)) {
            Duration wait = isStopping ? Duration.ZERO : UNTIL_IT_IS_BACK;
            return written(() -> ledger.giveBack(pick, wait)) ? "given-back" : "lost";
        }
        if (Retries.isLast(failure, pick.attempt(), run.retries())) {
            LOG.warn("Job {} of {} is dead", pick.id(), pick.handler(), failure);
            return written(() -> ledger.bury(pick, failure)) ? "dead" : "lost";
        }
        LOG.info("Job {} of {} failed in try {}", pick.id(), pick.handler(), pick.attempt(), failure);
        Duration wait = Retries.waitAfter(pick.attempt(), run.retries());
        return written(() -> ledger.tryAgain(pick, wait, failure)) ? "failed" : "lost";
    }

    /** Tries an entry until the database is back; the lease is kept alive by the heartbeat meanwhile. */
    private boolean written(BooleanSupplier entry) {
        // A cancelled run is interrupted, and the driver gives up where a thread is.
        boolean wasInterrupted = Thread.interrupted();
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                try {
                    return entry.getAsBoolean();
                } catch (MortiseException e) {
                    boolean mayComeBack = e.errorCode().category().isTransient();
                    if (!mayComeBack || System.nanoTime() > deadline) {
                        LOG.warn("The end of a job could not be written down; it will be run again", e);
                        return false;
                    }
                    wasInterrupted |= Thread.interrupted() || !slept();
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean slept() {
        try {
            Thread.sleep(BETWEEN_ENTRIES);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Interrupts the run of a job that was cancelled, where it runs here. */
    void interrupt(UUID job) {
        Thread thread = running.get(job);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** From now on interrupted runs are given back to be run again. */
    void close() {
        closing = true;
    }
}
