package dev.mortise.automatrix.http;

import dev.mortise.automatrix.run.JournalRow;
import dev.mortise.automatrix.run.StepState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attempt of a step, or one decision, as callers see it.
 *
 * @param seq the place in the run's journal
 * @param step the step's id
 * @param visit how often the run came to this step
 * @param node the node type's name, or {@code decide}
 * @param attempt from 1
 * @param state where the attempt stands
 * @param input the node's input
 * @param output the node's output
 * @param error why the attempt failed
 * @param startedAt when the node was called
 * @param endedAt when the call returned
 */
public record StepView(
        int seq,
        String step,
        int visit,
        String node,
        int attempt,
        StepState state,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        RunView.@Nullable Failure error,
        Instant startedAt,
        @Nullable Instant endedAt) {
    static StepView of(JournalRow row) {
        return new StepView(
                row.seq(),
                row.stepId(),
                row.visit(),
                row.node(),
                row.attempt(),
                row.state(),
                row.input(),
                row.output(),
                RunView.Failure.of(row.errorCode(), row.errorMessage(), row.stepId()),
                row.startedAt(),
                row.endedAt());
    }
}
