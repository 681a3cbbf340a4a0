package dev.mortise.sandbox.http;

import dev.mortise.api.http.Described;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.SourcePlace;
import dev.mortise.api.sandbox.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a run ended.
 *
 * @since 0.1
 */
public record RunReport(
        @Described("COMPLETED, or why there is no result: SYNTAX, THROWN, CPU, WALL, MEMORY, STACK, OUTPUT,"
                + " HOST_DENIED, HOST_CALLS, NOT_JSON, UNSETTLED, PROTOCOL, LOST.")
        String outcome,

        @Described("What the script returned.") @Nullable JsonNode result,
        @Described("Why there is no result.") @Nullable String message,

        @Described("Where in the script, where that is known.") @Nullable
        Integer line,

        @Described("In that line, from 1, where that is known.") @Nullable
        Integer column,

        @Described("What the script wrote to its console.") String log,
        @Described("Time on a processor in microseconds.") long cpuMicros,
        @Described("Time by the clock in microseconds.") long wallMicros,
        @Described("Of that, time in host functions.") long hostMicros,
        @Described("Calls of host functions.") int hostCalls) {
    private static final long NANOS = 1_000;

    static RunReport of(Outcome outcome, JsonMapper json) {
        return switch (outcome) {
            case Outcome.Completed done ->
                report("COMPLETED", json.readTree(done.json()), null, Optional.empty(), done.log(), done.usage());
            case Outcome.Failed failed ->
                report(failed.kind().name(), null, failed.message(), failed.place(), failed.log(), failed.usage());
        };
    }

    private static RunReport report(
            String outcome,
            @Nullable JsonNode result,
            @Nullable String message,
            Optional<SourcePlace> place,
            String log,
            Usage usage) {
        return new RunReport(
                outcome,
                result,
                message,
                place.map(SourcePlace::line).orElse(null),
                place.map(SourcePlace::column).filter(column -> column > 0).orElse(null),
                log,
                usage.cpu().toNanos() / NANOS,
                usage.wall().toNanos() / NANOS,
                usage.hostWall().toNanos() / NANOS,
                usage.hostCalls());
    }
}
