package dev.mortise.api.sandbox;

import java.util.Optional;

/**
 * How a call ended.
 *
 * @since 0.1
 */
public sealed interface Outcome {
    /** Returns what the script wrote to its console, cut at the limit. */
    String log();

    /** Returns what the call used. */
    Usage usage();

    /**
     * The script returned.
     *
     * @param json the result as JSON text (RFC 8259); {@code null} for nothing
     */
    record Completed(String json, String log, Usage usage) implements Outcome {}

    /**
     * There is no result.
     *
     * @param message what a script's author can understand, without anything of the server's
     * @param place where in the script, where that is known
     */
    record Failed(FailureKind kind, String message, Optional<SourcePlace> place, String log, Usage usage)
            implements Outcome {
        /** Returns place and message in one line, such as {@code price.js, line 3, column 9: Error: no stock}. */
        public String inWords(String script) {
            return script
                    + place.map(at -> ", line " + at.line() + (at.column() > 0 ? ", column " + at.column() : ""))
                            .orElse("")
                    + ": "
                    + message;
        }
    }
}
