package dev.mortise.automatrix.engine;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.store.Store;
import dev.mortise.api.task.Background;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.automatrix.AutomatrixError;
import dev.mortise.automatrix.definition.Workflow;
import dev.mortise.automatrix.run.ClaimedRun;
import dev.mortise.automatrix.run.Journal;
import dev.mortise.automatrix.run.Outcome;
import dev.mortise.automatrix.run.RunMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Executes owned runs, each on a thread of its own, no more at a time than there is room for. */
final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    /** A run that broke the engine this often is ended; before, it is taken up again in the hope of a passing fault. */
    private static final int MOST_OWNERS = 5;

    private final PluginContext context;
    private final Store store;
    private final Workflows workflows;
    private final Journal journal;
    private final StepCaller caller;
    private final RunMeters meters;
    private final Stopping stopping;
    private final int stepBudget;
    private final Semaphore room;
    private final BiConsumer<Owned, @Nullable Outcome> whenLeft;
    private final Map<UUID, Owned> active = new ConcurrentHashMap<>();

    /**
     * Creates an executor.
     *
     * @param whenLeft told of every run that is not executed any more, with its outcome or null when there is none
     */
    Executor(
            PluginContext context,
            Workflows workflows,
            Journal journal,
            StepCaller caller,
            RunMeters meters,
            Stopping stopping,
            Limits limits,
            BiConsumer<Owned, @Nullable Outcome> whenLeft) {
        this.context = context;
        this.store = context.store();
        this.workflows = workflows;
        this.journal = journal;
        this.caller = caller;
        this.meters = meters;
        this.stopping = stopping;
        this.stepBudget = limits.stepBudget();
        this.room = new Semaphore(limits.parallelRuns());
        this.whenLeft = whenLeft;
    }

    /** What bounds the execution. */
    record Limits(int parallelRuns, int stepBudget) {}

    /**
     * A run in the hands of this engine.
     *
     * @param input the run's input when it was accepted a moment ago and has no journal yet; null otherwise
     */
    record Owned(TenantId tenant, ClaimedRun run, @Nullable JsonNode input) {}

    /** Takes up to so many places; returns how many it got. */
    int takeRoom(int most) {
        int taken = 0;
        while (taken < most && room.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    void giveRoomBack(int places) {
        room.release(places);
    }

    int free() {
        return room.availablePermits();
    }

    Set<UUID> active() {
        return Set.copyOf(active.keySet());
    }

    boolean isIdle() {
        return active.isEmpty();
    }

    int running() {
        return active.size();
    }

    /** Executes the run; its place was taken before and is given back by the run's end. */
    void start(Owned owned, Map<UUID, Background.Task> tasks) {
        active.put(owned.run().id(), owned);
        CallContext system = context.tenants().asSystem(owned.tenant());
        CallContext traced =
                new CallContext(system.tenant(), system.principal(), owned.run().traceId());
        try {
            tasks.put(
                    owned.run().id(),
                    traced.call(() ->
                            context.background().start("run " + owned.run().id(), () -> execute(owned, tasks))));
        } catch (RuntimeException refused) {
            leave(owned, null, tasks);
            throw refused;
        }
    }

    private void execute(Owned owned, Map<UUID, Background.Task> tasks) {
        @Nullable Outcome outcome = null;
        try {
            outcome = traced(owned);
        } catch (RunWriter.FencedException fenced) {
            LOG.info("{}", fenced.getMessage());
        } catch (RuntimeException broken) {
            outcome = giveUp(owned, broken);
        } finally {
            leave(owned, outcome, tasks);
        }
    }

    /** The run's span stands below the request that it was accepted in, also after a restart or on another node. */
    private Outcome traced(Owned owned) {
        ClaimedRun run = owned.run();
        return context.tracing()
                .inSpanBelow(Optional.ofNullable(run.traceparent()), "workflow run", SpanKind.INTERNAL, span -> {
                    span.put("automatrix.workflow", run.workflow())
                            .put("automatrix.workflow.version", run.version())
                            .put("automatrix.run", run.id().toString())
                            .put("automatrix.epoch", run.epoch());
                    Outcome outcome = walk(owned);
                    span.put("automatrix.state", outcome.state().name());
                    if (outcome instanceof Outcome.Fails failed) {
                        span.put("error.type", failed.code()).failed(failed.code());
                    }
                    return outcome;
                });
    }

    private void leave(Owned owned, @Nullable Outcome outcome, Map<UUID, Background.Task> tasks) {
        active.remove(owned.run().id());
        tasks.remove(owned.run().id());
        room.release();
        if (outcome != null && outcome.state().isEnd()) {
            meters.ended(outcome.state());
        }
        whenLeft.accept(owned, outcome);
    }

    private Outcome walk(Owned owned) {
        ClaimedRun run = owned.run();
        RunWriter writer;
        Replay replay;
        @Nullable JsonNode input = owned.input();
        if (input == null) {
            replay = new Replay(store.read(RunMapper.class, runs -> runs.journal(run.id())));
            input = store.<RunMapper, @Nullable JsonNode>read(RunMapper.class, runs -> runs.input(run.id()));
        } else {
            replay = new Replay(List.of());
        }
        if (input == null) {
            throw new IllegalStateException("Run " + run.id() + " has no input");
        }
        writer = new RunWriter(journal, run, stopping, replay.lastSeq());
        Workflow workflow = workflows.load(run.workflow(), run.version());
        return new RunLoop(run, workflow, input, writer, replay, caller, stepBudget).walk();
    }

    /** Ends a run that met something unknown; where even that fails, the sweeper finds the run again. */
    private @Nullable Outcome giveUp(Owned owned, RuntimeException broken) {
        ClaimedRun run = owned.run();
        boolean passes = stopping.hasBegun()
                || run.epoch() < MOST_OWNERS
                || (broken instanceof MortiseException known
                        && known.errorCode().category().isTransient());
        if (passes) {
            LOG.warn("Run {} is taken up again later: {}", run.id(), broken.getMessage());
            return null;
        }
        LOG.error("Run {} of {} {} broke", run.id(), run.workflow(), run.version(), broken);
        String code =
                broken instanceof MortiseException known ? known.errorCode().code() : AutomatrixError.RUN_BROKEN.code();
        try {
            return new RunWriter(journal, run, stopping, 0)
                    .leave(new Outcome.Fails(code, String.valueOf(broken.getMessage()), null));
        } catch (RuntimeException again) {
            LOG.error("The failure of run {} could not be written", run.id(), again);
            return null;
        }
    }

    /** Waits until no run is executed, at most this long; returns whether that was reached. */
    boolean awaitIdle(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (!isIdle() && System.nanoTime() < end) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return isIdle();
    }
}
