package dev.mortise.bench;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.testkit.Collected;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.JsonNodeFactory;

/** Hot load, unload, update: what they cost, what they leave, and what callers notice. */
final class PluginBench {
    private static final int CYCLES = 200;
    private static final int UPDATES = 1000;
    private static final int CALLERS = 8;

    private final PrintStream out;

    PluginBench(PrintStream out) {
        this.out = out;
    }

    void run() throws Exception {
        Path folder = Files.createTempDirectory("mortise-bench-");
        Path first = PluginJar.echo("small", "1.0.0").build(folder);
        Path second = PluginJar.echo("small", "2.0.0").build(folder);
        out.println("== plugins");
        try (TestKernel kernel = TestKernel.start()) {
            cycles(kernel, first);
            updates(kernel, first, second);
        }
    }

    private void cycles(TestKernel kernel, Path jar) {
        for (int i = 0; i < 20; i++) {
            kernel.plugins().install(jar);
            call(kernel);
            kernel.plugins().remove("small");
        }
        System.gc();
        long metaspace = nonHeap().getUsed();
        List<Double> load = new ArrayList<>();
        List<Double> unload = new ArrayList<>();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        long cpuBefore = processCpuNanos();
        for (int i = 0; i < CYCLES; i++) {
            long began = System.nanoTime();
            kernel.plugins().install(jar);
            load.add(millisSince(began));
            loaders.add(new WeakReference<>(call(kernel)));
            began = System.nanoTime();
            kernel.plugins().remove("small");
            unload.add(millisSince(began));
        }
        double cpu = (processCpuNanos() - cpuBefore) / 1e6 / CYCLES;
        out.printf("hot load of a small plugin, wall: %s%n", Figures.of(load).inMillis());
        out.printf("unload, wall: %s%n", Figures.of(unload).inMillis());
        out.printf(
                "load + first call + unload, CPU of the whole process (collector and compiler too): %.2f ms a cycle"
                        + " (promise for the load alone: 10 ms)%n",
                cpu);
        kernel.plugins().install(jar);
        kernel.plugins().remove("small");
        long alive =
                loaders.stream().filter(loader -> !Collected.within(loader)).count();
        out.printf("loaders alive after %d cycles: %d (promise 0)%n", CYCLES, alive);
        out.printf(
                "non-heap memory after %d cycles: %+.1f MB%n",
                CYCLES, (nonHeap().getUsed() - metaspace) / 1e6);
    }

    private void updates(TestKernel kernel, Path first, Path second) throws InterruptedException {
        kernel.plugins().install(first);
        AtomicBoolean running = new AtomicBoolean(true);
        ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> {
                while (running.get()) {
                    long began = System.nanoTime();
                    try {
                        call(kernel);
                        latencies.add(millisSince(began));
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                }
            }));
        }
        List<Double> updates = new ArrayList<>();
        for (int i = 0; i < UPDATES; i++) {
            long began = System.nanoTime();
            kernel.plugins().update(i % 2 == 0 ? second : first);
            updates.add(millisSince(began));
        }
        running.set(false);
        for (Thread caller : callers) {
            caller.join();
        }
        out.printf(
                "update under %d threads of calls, wall: %s%n",
                CALLERS, Figures.of(updates).inMillis());
        out.printf(
                "calls during %d updates: %d, failed %d (promise 0); a call: %s%n",
                UPDATES,
                latencies.size(),
                failures.size(),
                Figures.of(List.copyOf(latencies)).inMillis());
    }

    private static ClassLoader call(TestKernel kernel) {
        NodeCall call = new NodeCall(UUID.randomUUID(), "step", 1, "key", JsonNodeFactory.instance.objectNode());
        return kernel.call(NodeType.class, "small.echo", node -> {
            node.execute(call);
            return node.getClass().getClassLoader();
        });
    }

    private static MemoryUsage nonHeap() {
        return ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    }

    private static long processCpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static double millisSince(long began) {
        return (System.nanoTime() - began) / 1e6;
    }
}
