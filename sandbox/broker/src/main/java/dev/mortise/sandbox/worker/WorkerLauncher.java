package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.confine.Bubblewrap;
import dev.mortise.sandbox.frame.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts workers of one kit.
 *
 * <p>All are started by one thread that lives as long as this: what bubblewrap starts is killed when the
 * <em>thread</em> that started it ends (prctl(2), PR_SET_PDEATHSIG).
 *
 * @since 0.1
 */
public final class WorkerLauncher implements AutoCloseable {
    private static final Duration UNTIL_READY = Duration.ofSeconds(30);
    /** Of a worker's whole life; the last net, where a script has taken the process over. */
    private static final Duration MOST_CPU = Duration.ofMinutes(2);

    private static final int MOST_FILES = 128;
    /** Classes, compiled code, stacks, buffers. */
    private static final int BESIDE_THE_HEAP_MEGABYTES = 440;

    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sandbox-launcher").factory());
    private final WorkerKit kit;
    private final Optional<Bubblewrap> bubblewrap;
    private final Deadlines deadlines;

    /** @param bubblewrap empty where the machine has none that works */
    public WorkerLauncher(WorkerKit kit, Optional<Bubblewrap> bubblewrap, Deadlines deadlines) {
        this.kit = kit;
        this.bubblewrap = bubblewrap;
        this.deadlines = deadlines;
    }

    /** A worker that can be called, and what it said of itself. */
    public record Launched(WorkerProcess worker, Message.Ready ready) {}

    /**
     * Starts a worker and waits until it is ready.
     *
     * @throws IOException when it does not become ready in 30 s; the message says what it said last
     */
    public Launched launch() throws IOException, InterruptedException {
        WorkerProcess worker = started();
        Deadlines.Deadline deadline = deadlines.arm(UNTIL_READY, worker::kill);
        try {
            if (worker.read() instanceof Message.Ready ready) {
                return new Launched(worker, ready);
            }
            throw new IOException("It spoke out of turn");
        } catch (IOException e) {
            worker.kill();
            worker.ending();
            throw new IOException(
                    "A worker for " + kit.language().id() + " did not become ready: " + e.getMessage() + ". It said: "
                            + worker.errors(),
                    e);
        } finally {
            deadline.disarm();
        }
    }

    private WorkerProcess started() throws IOException, InterruptedException {
        try {
            return starter.submit(() -> {
                        ProcessBuilder builder = new ProcessBuilder(command());
                        builder.environment().clear();
                        builder.directory(kit.folder().toFile());
                        return new WorkerProcess(builder.start());
                    })
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("A worker for " + kit.language().id() + " cannot be started", e.getCause());
        }
    }

    private List<String> command() {
        Path java = Path.of(System.getProperty("java.home"));
        List<String> command = new ArrayList<>();
        bubblewrap.ifPresent(wrap -> command.addAll(wrap.prefix(kit.folder(), List.of(java, kit.folder()))));
        command.add(java.resolve("bin").resolve("java").toString());
        command.add("-Dmortise.worker.files=" + MOST_FILES);
        command.add("-Dmortise.worker.cpu=" + MOST_CPU.toSeconds());
        command.add("-Dmortise.worker.data=" + (((long) kit.heapMegabytes() + BESIDE_THE_HEAP_MEGABYTES) << 20));
        command.addAll(kit.arguments());
        return command;
    }

    @Override
    public void close() {
        starter.close();
    }
}
