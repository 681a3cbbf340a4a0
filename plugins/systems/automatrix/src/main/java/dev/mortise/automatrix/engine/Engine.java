package dev.mortise.automatrix.engine;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Subscription;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.store.Store;
import dev.mortise.api.task.Background;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automatrix.AutomatrixError;
import dev.mortise.automatrix.AutomatrixSettings;
import dev.mortise.automatrix.run.AcceptedRun;
import dev.mortise.automatrix.run.ClaimedRun;
import dev.mortise.automatrix.run.Journal;
import dev.mortise.automatrix.run.Outcome;
import dev.mortise.automatrix.run.PublishedWorkflow;
import dev.mortise.automatrix.run.RunLists;
import dev.mortise.automatrix.run.RunRequest;
import dev.mortise.automatrix.run.RunState;
import dev.mortise.automatrix.run.RunSummary;
import dev.mortise.automatrix.run.WorkflowMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The engine of one load of the plugin: accepts runs, executes them, and looks after those that others left. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final Duration SAFETY_CHECK = Duration.ofSeconds(2);

    private final UUID id = UUID.randomUUID();
    private final PluginContext context;
    private final Store store;
    private final JsonMapper json;
    private final Duration stopGrace;
    private final Stopping stopping = new Stopping();
    private final Endings endings = new Endings();
    private final Map<UUID, Background.Task> tasks = new ConcurrentHashMap<>();
    private final Journal journal;
    private final RunMeters meters;
    private final Executor executor;
    private final Dispatcher dispatcher;
    private final Sweeper sweeper;
    private @Nullable Subscription watch;

    /** Creates an engine that does nothing until it is started. */
    public Engine(PluginContext context, Workflows workflows, AutomatrixSettings settings) {
        this.context = context;
        this.store = context.store();
        this.json = context.json();
        this.stopGrace = settings.stopGraceOrDefault();
        this.journal = new Journal(store, id, json);
        this.meters = new RunMeters(context.meters());
        StepCaller caller =
                new StepCaller(new NodeCatalog(context.extensions()), meters, context.tracing(), stopping, json);
        this.executor = new Executor(
                context,
                workflows,
                journal,
                caller,
                meters,
                stopping,
                new Executor.Limits(settings.parallelRunsOrDefault(), settings.stepBudgetOrDefault()),
                this::left);
        this.dispatcher = new Dispatcher(
                store,
                context.tenants(),
                id,
                executor,
                stopping,
                (tenant, run) -> executor.start(new Executor.Owned(tenant, run, null), tasks));
        this.sweeper = new Sweeper(context, id, executor, dispatcher, stopping);
    }

    /** Begins to execute runs, those left by engines that are gone among them. */
    public void start() {
        sweeper.takeLock();
        context.meters().gauge("automatrix.runs.running", executor::running);
        context.meters().gauge("automatrix.runs.backlog", sweeper::backlog);
        context.background().start("dispatcher", dispatcher::dispatch);
        context.background().start("sweeper", sweeper::sweep);
        watch = context.extensions().watch(NodeType.class, sweeper::call);
        LOG.info("Engine {} is up", id);
    }

    /**
     * Takes no new work, lets the steps that are under way end within the grace time, and gives every run back to the
     * queue where any engine goes on with it.
     */
    public void stop() {
        stopping.begin();
        if (watch != null) {
            watch.close();
        }
        try {
            dispatcher.awaitEnd(LAST_WORDS);
            if (!executor.awaitIdle(stopGrace)) {
                LOG.warn(
                        "{} runs did not end their step within {}; they are interrupted",
                        executor.running(),
                        stopGrace);
                tasks.values().forEach(Background.Task::cancel);
                executor.awaitIdle(LAST_WORDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stopping.end();
            sweeper.giveLockBack();
        }
        LOG.info("Engine {} is down", id);
    }

    /**
     * Accepts a run of the newest version of a workflow in the current tenant. When this returns, the run is committed
     * and will be executed whatever happens to this server.
     *
     * @param input a JSON object
     * @param key the caller's idempotency key, or null
     * @throws MortiseException with {@code automatrix.workflow-unknown}, {@code automatrix.idempotency-key-reused} or
     *     {@code automatrix.stopping}
     */
    public Acceptance accept(String workflow, JsonNode input, @Nullable String key) {
        if (stopping.hasBegun()) {
            throw new MortiseException(
                    AutomatrixError.STOPPING, "The engine is stopping and takes no new runs", "Try again in a moment");
        }
        CallContext caller = CallContext.current();
        String text = json.writeValueAsString(input);
        boolean atOnce = !dispatcher.isBehind() && executor.takeRoom(1) == 1;
        UUID runId = RunIds.next(System.currentTimeMillis(), ThreadLocalRandom.current());
        String hash = Workflows.hash(workflow + "\n" + text);
        RunRequest request = new RunRequest(
                runId,
                workflow,
                text,
                key,
                hash,
                caller.traceId(),
                context.tracing().traceparent().orElse(null),
                atOnce ? id : null);
        boolean handedOver = false;
        try {
            Optional<AcceptedRun> accepted = journal.accept(request);
            if (accepted.isEmpty()) {
                return refused(request);
            }
            meters.accepted();
            handedOver = atOnce;
            handOver(caller.tenant(), request, accepted.get(), input, atOnce);
            return new Acceptance.New(workflow, accepted.get());
        } finally {
            if (atOnce && !handedOver) {
                executor.giveRoomBack(1);
            }
        }
    }

    private void handOver(TenantId tenant, RunRequest request, AcceptedRun accepted, JsonNode input, boolean atOnce) {
        if (!atOnce) {
            dispatcher.hint(tenant);
            return;
        }
        ClaimedRun run = new ClaimedRun(
                accepted.id(),
                request.workflow(),
                accepted.version(),
                1,
                request.traceId(),
                request.traceparent(),
                accepted.createdAt());
        executor.start(new Executor.Owned(tenant, run, input), tasks);
    }

    private Acceptance refused(RunRequest request) {
        String key = request.idempotencyKey();
        @Nullable
        RunSummary known = key == null
                ? null
                : store.<RunLists, @Nullable RunSummary>read(RunLists.class, runs -> runs.findByKey(key));
        if (known != null && known.requestHash().equals(request.requestHash())) {
            return new Acceptance.Known(known);
        }
        if (known != null) {
            throw new MortiseException(
                    AutomatrixError.KEY_REUSED,
                    "The idempotency key " + key + " was used for another request, run " + known.id(),
                    "Use a new key for a new request, and the same body with the same key");
        }
        @Nullable
        PublishedWorkflow published = store.<WorkflowMapper, @Nullable PublishedWorkflow>read(
                WorkflowMapper.class, workflows -> workflows.newestOf(request.workflow()));
        if (published != null) {
            throw new IllegalStateException("The run was not accepted, and nothing says why");
        }
        throw unknownWorkflow(request.workflow());
    }

    /** Returns the failure that names a workflow nobody published. */
    public static MortiseException unknownWorkflow(String name) {
        return new MortiseException(
                AutomatrixError.WORKFLOW_UNKNOWN,
                "No workflow " + name + " is published",
                "Publish it, or list the workflows to find the name");
    }

    /** Waits until the run has ended, at most this long. A run of another server is looked up every two seconds. */
    public void awaitEnd(UUID runId, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!hasEnded(runId)) {
                try (Endings.Interest interest = endings.register(runId)) {
                    Duration left = Duration.ofNanos(end - System.nanoTime());
                    if (left.isNegative() || stopping.hasBegun() || hasEnded(runId)) {
                        return;
                    }
                    boolean ignored = interest.await(left.compareTo(SAFETY_CHECK) < 0 ? left : SAFETY_CHECK);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEnded(UUID runId) {
        @Nullable RunState state = store.<RunLists, @Nullable RunState>read(RunLists.class, runs -> runs.state(runId));
        return state == null || state.isEnd();
    }

    private void left(Executor.Owned owned, @Nullable Outcome outcome) {
        endings.signal(owned.run().id());
        if (outcome instanceof Outcome.Waits waits) {
            if (waits.pause() == null) {
                // The node may have come back between the call and the commit.
                sweeper.call();
            } else {
                dispatcher.hintAt(owned.tenant(), Instant.now().plus(waits.pause()));
            }
        }
        dispatcher.roomFreed();
    }
}
