package dev.mortise.sandbox.worker;

import dev.mortise.api.sandbox.FailureKind;
import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Script;
import dev.mortise.api.sandbox.SourcePlace;
import dev.mortise.api.sandbox.Usage;
import dev.mortise.sandbox.frame.FrameException;
import dev.mortise.sandbox.frame.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** One call of one script: what is said between server and worker from the question to the outcome. */
final class CallRun {
    private static final int MOST_MESSAGE = 8 << 10;
    /** For the line by which the worker says that it has cut the log. */
    private static final int CUT_MARK_BYTES = 64;

    private final WorkerProcess worker;
    private final Deadlines deadlines;
    private final Limits limits;
    private final HostFunctions functions;
    private final long began = System.nanoTime();
    private long wallLeft;
    private long hostLeft;
    private int hostCalls;

    CallRun(WorkerProcess worker, Deadlines deadlines, Limits limits, HostFunctions functions) {
        this.worker = worker;
        this.deadlines = deadlines;
        this.limits = limits;
        this.functions = functions;
        this.wallLeft = limits.wall().toNanos();
        this.hostLeft = limits.hostWall().toNanos();
    }

    /** Runs the script to whatever end. The worker is dead after an end that is not the script's own. */
    Outcome run(Script script, String input, boolean warm) {
        worker.countCall();
        Message question = new Message.Call(
                warm,
                script.name(),
                script.source(),
                script.entry(),
                input,
                functions.names(),
                Math.toIntExact(limits.cpu().toMillis()),
                limits.frames(),
                limits.outputBytes(),
                limits.logBytes());
        try {
            while (true) {
                switch (ask(question)) {
                    case Message.Returned returned -> {
                        return completed(returned);
                    }
                    case Message.Failed failed -> {
                        return failed(failed);
                    }
                    case Message.HostCall call -> {
                        if (++hostCalls > limits.hostCalls()) {
                            return killed(
                                    FailureKind.HOST_CALLS,
                                    "The script called host functions more than " + limits.hostCalls() + " times");
                        }
                        question = answer(call);
                        if (hostLeft <= 0) {
                            return killed(
                                    FailureKind.HOST_CALLS,
                                    "Host functions took longer than " + limits.hostWall() + " together");
                        }
                    }
                    default -> {
                        return killed(FailureKind.PROTOCOL, "The worker spoke out of turn");
                    }
                }
            }
        } catch (OutOfTime _) {
            return killed(FailureKind.WALL, "The script took longer than " + limits.wall());
        } catch (FrameException e) {
            return killed(FailureKind.PROTOCOL, "The worker did not keep to the protocol");
        } catch (IOException e) {
            Ending ending = worker.ending();
            return killed(ending.kind(), ending.message());
        }
    }

    /** Says something and waits for what the worker says to it, for as long as there is time. */
    private Message ask(Message question) throws IOException {
        long asked = System.nanoTime();
        Deadlines.Deadline deadline = deadlines.arm(Duration.ofNanos(Math.max(0, wallLeft)), worker::kill);
        try {
            worker.write(question);
            return worker.read();
        } catch (IOException e) {
            throw deadline.isOver() ? new OutOfTime(e) : e;
        } finally {
            deadline.disarm();
            wallLeft -= System.nanoTime() - asked;
        }
    }

    private Message answer(Message.HostCall call) {
        long asked = System.nanoTime();
        Thread caller = Thread.currentThread();
        Deadlines.Deadline deadline = deadlines.arm(Duration.ofNanos(Math.max(0, hostLeft)), caller::interrupt);
        try {
            return functions.answer(call);
        } finally {
            deadline.disarm();
            hostLeft -= System.nanoTime() - asked;
            if (deadline.isOver()) {
                hostLeft = 0;
                // It was ours, not the caller's.
                Thread.interrupted();
            }
        }
    }

    private Outcome completed(Message.Returned returned) {
        boolean tooLarge = returned.json().getBytes(StandardCharsets.UTF_8).length > limits.outputBytes();
        if (tooLarge || isTooLong(returned.log())) {
            return killed(FailureKind.PROTOCOL, "The worker sent more than it was allowed to");
        }
        return new Outcome.Completed(returned.json(), returned.log(), usage(returned.cpuMicros()));
    }

    private Outcome failed(Message.Failed failed) {
        Optional<FailureKind> kind = kind(failed.kind());
        if (kind.isEmpty() || failed.message().length() > MOST_MESSAGE || isTooLong(failed.log())) {
            return killed(FailureKind.PROTOCOL, "The worker sent what it never sends");
        }
        Optional<SourcePlace> place = failed.line() > 0
                ? Optional.of(new SourcePlace(failed.line(), Math.max(0, failed.column())))
                : Optional.empty();
        return new Outcome.Failed(kind.get(), failed.message(), place, failed.log(), usage(failed.cpuMicros()));
    }

    private static Optional<FailureKind> kind(String name) {
        return Arrays.stream(FailureKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }

    private boolean isTooLong(String log) {
        return log.getBytes(StandardCharsets.UTF_8).length > limits.logBytes() + CUT_MARK_BYTES;
    }

    private Outcome killed(FailureKind kind, String message) {
        worker.kill();
        return new Outcome.Failed(kind, message, Optional.empty(), "", usage(0));
    }

    private Usage usage(long cpuMicros) {
        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        Duration host = limits.hostWall().minusNanos(hostLeft);
        return new Usage(Duration.ofNanos(Math.max(0, cpuMicros) * 1_000), wall, host, hostCalls);
    }

    private static final class OutOfTime extends IOException {
        private static final long serialVersionUID = 1L;

        OutOfTime(IOException cause) {
            super(cause);
        }
    }
}
