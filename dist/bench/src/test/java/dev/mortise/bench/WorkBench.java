package dev.mortise.bench;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jobs and events on a PostgreSQL that syncs to the disk, next to what they stand on, in turns: db-scheduler alone with
 * the same effect, and a bare NOTIFY.
 */
final class WorkBench {
    private static final int TURNS = 4;
    private static final int JOBS = 3_000;
    private static final int CALLERS = 8;
    private static final int EVENTS = 1_500;
    private static final int EVENTS_PER_SECOND = 200;
    private static final int KEYS = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintStream out;

    WorkBench(PrintStream out) {
        this.out = out;
    }

    void run() throws Exception {
        out.println("== work (jobs and events)");
        Path folder = Files.createTempDirectory("mortise-bench-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            try (TestKernel kernel = TestKernel.on(postgres.address(), "", BusyPlugin.jar(folder));
                    BareScheduler peer = BareScheduler.on(postgres.address());
                    BareNotifications bare = BareNotifications.on(postgres.address())) {
                jobs(kernel, peer);
                whileIdle(kernel);
                events(kernel, bare);
            }
        } finally {
            FolderTree.delete(folder);
        }
    }

    private void jobs(TestKernel kernel, BareScheduler peer) throws Exception {
        perSecond(JOBS, () -> order(kernel, "schedule"), kernel); // The compilers need a while.
        peer.jobsPerSecond(JOBS);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            double a = perSecond(JOBS, () -> order(kernel, "schedule"), kernel);
            double b = peer.jobsPerSecond(JOBS);
            ours.add(a);
            theirs.add(b);
            ratios.add(a / b);
        }
        out.printf(
                "jobs, scheduled one by one by %d callers, run to the end with a row as effect: %,.0f/s (%,.0f to %,.0f;"
                        + " promise 500/s); db-scheduler alone %,.0f/s; ratio %.0f %% (median of %d turns of %,d)%n",
                CALLERS,
                Figures.of(ours).median(),
                Figures.of(ours).quantile(0),
                Figures.of(ours).quantile(1),
                Figures.of(theirs).median(),
                100 * Figures.of(ratios).median(),
                TURNS,
                JOBS);
    }

    private void whileIdle(TestKernel kernel) throws InterruptedException {
        order(kernel, "forget");
        for (int i = 1; i <= 200; i++) {
            order(kernel, "schedule");
            awaitDone(kernel, i);
        }
        out.printf(
                "one job on an idle server, from the call to the handler: %s%n",
                Figures.of(millis(kernel)).inMillis());
    }

    private void events(TestKernel kernel, BareNotifications bare) throws Exception {
        steadily(i -> order(kernel, "publish", i), EVENTS / 3); // The compilers need a while.
        awaitDone(kernel, 200 + EVENTS / 3);
        order(kernel, "forget");
        steadily(i -> order(kernel, "publish", i), EVENTS);
        awaitDone(kernel, EVENTS);
        Figures ours = Figures.of(millis(kernel));
        Figures theirs = Figures.of(bare.millisUnderWay(EVENTS));
        out.printf(
                "events, %d a second over %d keys, from the call of publish to the handler: median %.2f ms, p99 %.2f ms, max"
                        + " %.2f ms (promise p99 50 ms); a bare insert with NOTIFY: median %.2f ms, p99 %.2f ms%n",
                EVENTS_PER_SECOND,
                KEYS,
                ours.median(),
                ours.quantile(0.99),
                ours.sorted().getLast(),
                theirs.median(),
                theirs.quantile(0.99));
        order(kernel, "forget");
        AtomicInteger number = new AtomicInteger();
        double burst = perSecond(JOBS, () -> order(kernel, "publish", number.incrementAndGet()), kernel);
        out.printf("events, as fast as %d callers publish them: %,.0f/s delivered%n", CALLERS, burst);
    }

    /** Returns how many were done each second, from the first order to the last effect. */
    private static double perSecond(int count, Runnable order, TestKernel kernel) throws Exception {
        order(kernel, "forget");
        long began = System.nanoTime();
        inParallel(count, order);
        awaitDone(kernel, count);
        return count / ((System.nanoTime() - began) / 1e9);
    }

    /** Calls something a number of times from several threads. */
    static void inParallel(int count, Runnable call) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    for (int i = 0; i < count / CALLERS; i++) {
                        call.run();
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    /** Calls something at an even pace, whatever the calls take. */
    static void steadily(java.util.function.IntConsumer call, int count) throws InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = began + i * (TimeUnit.SECONDS.toNanos(1) / EVENTS_PER_SECOND);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            call.accept(i);
        }
    }

    private static void awaitDone(TestKernel kernel, long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (order(kernel, "done").asLong() < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Only " + order(kernel, "done") + " of " + count + " were done");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static List<Double> millis(TestKernel kernel) {
        List<Double> millis = new ArrayList<>();
        order(kernel, "nanos").forEach(nanos -> millis.add(nanos.asLong() / 1e6));
        return millis;
    }

    private static JsonNode order(TestKernel kernel, String operation) {
        return order(kernel, operation, 0);
    }

    private static JsonNode order(TestKernel kernel, String operation, int number) {
        JsonNode input = JSON.createObjectNode().put("op", operation).put("key", "key-" + number % KEYS);
        return kernel.call(
                NodeType.class,
                "busy.drive",
                node -> node.execute(new NodeCall(UUID.randomUUID(), "step", 1, "key", input)));
    }
}
