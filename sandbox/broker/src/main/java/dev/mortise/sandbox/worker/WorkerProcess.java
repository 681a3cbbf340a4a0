package dev.mortise.sandbox.worker;

import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Script;
import dev.mortise.sandbox.frame.FrameReader;
import dev.mortise.sandbox.frame.FrameWriter;
import dev.mortise.sandbox.frame.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running worker. For one caller at a time, but for {@link #kill}, which anybody may call.
 *
 * <p>Whatever is read or written here can last as long as the worker likes. Who calls has armed a {@link Deadline}
 * before, which kills the process; what blocks then ends with an {@link IOException}.
 *
 * @since 0.1
 */
public final class WorkerProcess {
    /** The largest result and the largest log that can be asked for, and something for the rest. */
    private static final int MOST_FRAME_BYTES = (16 << 20) + (1 << 20) + (64 << 10);

    private static final Duration UNTIL_REAPED = Duration.ofSeconds(2);

    private final Process process;
    private final ErrorTail errors;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final long startedAt = System.nanoTime();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean killed;

    WorkerProcess(Process process) {
        this.process = process;
        this.errors = ErrorTail.of(process.getErrorStream());
        this.reader = new FrameReader(process.getInputStream(), MOST_FRAME_BYTES);
        this.writer = new FrameWriter(process.getOutputStream());
    }

    /**
     * Runs a script and waits for the outcome. The worker is dead when that is not one of the script's own making.
     *
     * @param warm whether what the same script's top level made before may be used again
     */
    public Outcome call(
            Script script, String input, boolean warm, Limits limits, HostFunctions functions, Deadlines deadlines) {
        return new CallRun(this, deadlines, limits, functions).run(script, input, warm);
    }

    Message read() throws IOException {
        return reader.read();
    }

    void write(Message message) throws IOException {
        writer.write(message);
    }

    /** Returns how the process has ended, after its pipes did. */
    Ending ending() {
        try {
            if (!process.waitFor(UNTIL_REAPED.toMillis(), TimeUnit.MILLISECONDS)) {
                // It has closed its pipes and lives on: nothing that a worker does by itself.
                kill();
                return Ending.LOST;
            }
            return Ending.of(process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            return Ending.LOST;
        }
    }

    /** Returns what the process said on its standard error, cut; for the operator's eyes. */
    String errors() {
        return errors.text();
    }

    /** Counts a call. Returns the number of it, from 1. */
    int countCall() {
        return calls.incrementAndGet();
    }

    /** Returns whether the worker has served enough, and another one is to take its place. */
    public boolean isWornOut(int mostCalls, Duration mostAge) {
        return calls.get() >= mostCalls || System.nanoTime() - startedAt > mostAge.toNanos();
    }

    /** Returns whether the process can still be spoken to. */
    public boolean isAlive() {
        return !killed && process.isAlive();
    }

    /** Returns the number by which the system knows the process that was started. */
    public long pid() {
        return process.pid();
    }

    /** Ends the process and all that it has started, at once. Whoever waits for it is told so. */
    public void kill() {
        killed = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
