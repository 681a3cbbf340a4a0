package dev.mortise.sandbox.frame;

import java.util.List;

/**
 * One thing that is said.
 *
 * @since 0.1
 */
public sealed interface Message {
    /**
     * The worker can be called.
     *
     * @param locked whether it has given up its system calls
     * @param limited whether it has limited its resources
     * @param engine what runs scripts, with its version, for people
     */
    record Ready(boolean locked, boolean limited, String engine) implements Message {}

    /**
     * The server wants a script to be run.
     *
     * @param warm whether what the same script's top level made before may be used again
     * @param name what places in messages are called by
     * @param source the text
     * @param entry the function to call
     * @param input JSON
     * @param functions names of the host functions that exist
     * @param cpuMillis time on a processor
     * @param frames calls within calls
     * @param outputBytes size of the result
     * @param logBytes size of the log
     */
    record Call(
            boolean warm,
            String name,
            String source,
            String entry,
            String input,
            List<String> functions,
            int cpuMillis,
            int frames,
            int outputBytes,
            int logBytes)
            implements Message {
        /** Copies the list. */
        public Call {
            functions = List.copyOf(functions);
        }
    }

    /**
     * The script returned.
     *
     * @param json the result
     * @param log the console's output, cut
     * @param cpuMicros time on a processor
     */
    record Returned(String json, String log, long cpuMicros) implements Message {}

    /**
     * The script has no result.
     *
     * @param kind the name of a {@code FailureKind}
     * @param message for the script's author
     * @param line from 1, or 0 where it is not known
     * @param column from 1, or 0 where it is not known
     * @param log the console's output, cut
     * @param cpuMicros time on a processor
     */
    record Failed(String kind, String message, int line, int column, String log, long cpuMicros) implements Message {}

    /**
     * The script calls a function of the server's; the worker waits for the reply.
     *
     * @param function the name
     * @param arguments a JSON array
     */
    record HostCall(String function, String arguments) implements Message {}

    /**
     * What the server says to a {@link HostCall}.
     *
     * @param answered whether {@code text} is the answer, in JSON, or else what to throw: code, a space, message
     */
    record HostReply(boolean answered, String text) implements Message {}
}
