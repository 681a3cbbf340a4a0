package dev.mortise.sandbox.worker.testkit;

import dev.mortise.sandbox.frame.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A call to be made, and what the server would do meanwhile.
 *
 * @param message what is sent
 * @param wall after which the worker is killed
 * @param answers to the script's questions
 */
public record ScriptCall(Message.Call message, Duration wall, Function<Message.HostCall, Message.HostReply> answers) {
    /** A fresh call with the usual limits and an empty input. */
    public static ScriptCall of(String source) {
        return new ScriptCall(
                new Message.Call(false, "script", source, "main", "{}", List.of(), 1_000, 2_000, 4 << 20, 64 << 10),
                Duration.ofSeconds(5),
                _ -> new Message.HostReply(false, "test.unexpected Nobody answers"));
    }

    /** The same with another input, JSON. */
    public ScriptCall withInput(String input) {
        return with(
                message.warm(),
                input,
                message.functions(),
                message.cpuMillis(),
                message.frames(),
                message.outputBytes(),
                message.logBytes());
    }

    /** The same, warm. */
    public ScriptCall warm() {
        return with(
                true,
                message.input(),
                message.functions(),
                message.cpuMillis(),
                message.frames(),
                message.outputBytes(),
                message.logBytes());
    }

    /** The same with other limits. */
    public ScriptCall withLimits(int cpuMillis, int frames, int outputBytes, int logBytes) {
        return with(message.warm(), message.input(), message.functions(), cpuMillis, frames, outputBytes, logBytes);
    }

    /** The same with functions that are there, and what answers them. */
    public ScriptCall granted(Function<Message.HostCall, Message.HostReply> host, String... functions) {
        return new ScriptCall(
                with(
                                message.warm(),
                                message.input(),
                                List.of(functions),
                                message.cpuMillis(),
                                message.frames(),
                                message.outputBytes(),
                                message.logBytes())
                        .message(),
                wall,
                host);
    }

    /** The same with another time by the clock. */
    public ScriptCall withWall(Duration value) {
        return new ScriptCall(message, value, answers);
    }

    private ScriptCall with(
            boolean warm,
            String input,
            List<String> functions,
            int cpuMillis,
            int frames,
            int outputBytes,
            int logBytes) {
        return new ScriptCall(
                new Message.Call(
                        warm,
                        message.name(),
                        message.source(),
                        message.entry(),
                        input,
                        functions,
                        cpuMillis,
                        frames,
                        outputBytes,
                        logBytes),
                wall,
                answers);
    }
}
