package dev.mortise.sandbox.worker.testkit;

import dev.mortise.sandbox.frame.FrameReader;
import dev.mortise.sandbox.frame.FrameWriter;
import dev.mortise.sandbox.frame.Message;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A real worker, started from a kit as the broker does it, and killed when a call takes longer than it may. */
public final class WorkerProcess implements AutoCloseable {
    private static final int MOST_BYTES = 32 << 20;
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private final StringWriter errors = new StringWriter();
    private final Message.Ready ready;

    private WorkerProcess(Process process) throws IOException {
        this.process = process;
        Thread.ofVirtual().start(this::readErrors);
        this.reader = new FrameReader(new BufferedInputStream(process.getInputStream(), 64 << 10), MOST_BYTES);
        // The process's own stream is buffered, which a frame in one piece does not need.
        this.writer = new FrameWriter(process.getOutputStream());
        this.ready = (Message.Ready) within(START, reader::read);
    }

    /** Starts a worker in the folder of a kit, with properties and flags before its own. */
    public static WorkerProcess start(Path kit, String... flags) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (Files.exists(kit.resolve("worker.aot"))) {
                command.add("-XX:AOTCache=worker.aot");
            }
            command.addAll(List.of(flags));
            command.add("@worker.args");
            return started(kit, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts another program than the worker's on its class path, to which places are added: for probes. */
    public static WorkerProcess startProbe(Path kit, Class<?> program, Path more) {
        try {
            String arguments = Files.readString(kit.resolve("worker.args"))
                    .replaceFirst("(?m)^(lib/.*)$", "$1:" + more)
                    .replace("dev.mortise.sandbox.worker.Worker", program.getName());
            Path own = Files.writeString(Files.createTempFile("probe", ".args"), arguments);
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + own);
            return started(kit, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the worker said when it could be called. */
    public Message.Ready ready() {
        return ready;
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** What it wrote to its standard error until now. */
    public String errors() {
        return errors.toString();
    }

    // By a pipe: a worker that has limited itself can write to no file.
    private void readErrors() {
        try (Reader reader = process.errorReader(StandardCharsets.UTF_8)) {
            reader.transferTo(errors);
        } catch (IOException e) {
            errors.write(e.toString());
        }
    }

    private static WorkerProcess started(Path kit, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(kit.toFile());
        builder.environment().clear();
        return new WorkerProcess(builder.start());
    }

    /** Sends something, and reads what comes next. */
    public Message exchange(Message message, Duration wall) throws IOException {
        return within(wall, () -> {
            writer.write(message);
            return reader.read();
        });
    }

    /** Where raw bytes go in. */
    public OutputStream in() {
        return process.getOutputStream();
    }

    /** How often the same thread's call runs without anybody watching the clock: for figures. */
    public Message exchange(Message message) throws IOException {
        writer.write(message);
        return reader.read();
    }

    /** Makes a call, answers what it asks, and returns how it ended: the worker's word, or how the worker did. */
    public End call(ScriptCall call) {
        long before = System.nanoTime();
        Message said = null;
        String kind;
        try {
            said = within(call.wall(), () -> {
                writer.write(call.message());
                Message next = reader.read();
                while (next instanceof Message.HostCall asked) {
                    writer.write(call.answers().apply(asked));
                    next = reader.read();
                }
                return next;
            });
            kind = said instanceof Message.Failed failed ? failed.kind() : "OK";
        } catch (EOFException e) {
            kind = kindOfEnd();
        } catch (IOException e) {
            kind = "PROTOCOL";
        }
        return new End(kind, said, Duration.ofNanos(System.nanoTime() - before), process.isAlive());
    }

    private String kindOfEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                return "PROTOCOL";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return switch (process.exitValue()) {
            case 3 -> "MEMORY";
            case 137 -> "WALL";
            default -> "LOST";
        };
    }

    private <T> T within(Duration wall, Exchange<T> exchange) throws IOException {
        ScheduledFuture<?> kill =
                killer.schedule(() -> process.destroyForcibly(), wall.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return exchange.run();
        } finally {
            kill.cancel(false);
        }
    }

    @FunctionalInterface
    private interface Exchange<T> {
        T run() throws IOException;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        killer.shutdownNow();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Text of a file in UTF-8. */
    public static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
