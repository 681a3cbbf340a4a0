package dev.mortise.kernel.testkit;

import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One of several nodes as a process of its own, which can be killed or paused as a machine is that fails. */
public final class NodeProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private NodeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a node; {@link TestKernel#node} says what the arguments mean. Returns before it is ready. */
    public static NodeProcess start(String name, DatabaseAddress database, Path data, String configuration) {
        try {
            Path output = Files.createDirectories(data).resolve("output.log");
            Process process = new ProcessBuilder(List.of(
                            System.getProperty("java.home") + "/bin/java",
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NodeProcess.class.getName(),
                            name,
                            database.jdbcUrl(),
                            database.ownerUser(),
                            database.ownerPassword(),
                            data.toString(),
                            configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new NodeProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process's own beginning. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Path.of(arguments[4]);
        DatabaseAddress database = new DatabaseAddress(arguments[1], arguments[2], arguments[3]);
        try (TestKernel kernel = TestKernel.node(arguments[0], database, data, arguments[5])) {
            Files.writeString(data.resolve("ready"), kernel.url().toString());
            new CountDownLatch(1).await();
        }
    }

    /** Waits until the node is ready. */
    public NodeProcess awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(output.resolveSibling("ready"))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("The node does not become ready: " + said());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Pauses all its threads, as a machine does that is frozen. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on as if nothing had been. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new AssertionError("The signal " + signal + " was not sent");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
