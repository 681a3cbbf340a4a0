package dev.mortise.automatrix.run;

import dev.mortise.api.workflow.Effect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attempt of a step, or one decision, as the journal keeps it.
 *
 * @param seq the place in the run's journal, from 1
 * @param stepId the step's id in the workflow
 * @param visit how often the run came to this step, from 1
 * @param node the node type's name, or {@link #DECIDE}
 * @param attempt from 1
 * @param state where the attempt stands
 * @param effect what the node said about repeating it, when it was called; null for decisions
 * @param input the node's input
 * @param output the node's output once it is known
 * @param errorCode why the attempt failed
 * @param errorMessage the same for people
 * @param idempotencyKey what the node was given as its key
 * @param startedAt when the node was called
 * @param endedAt when the call returned
 */
public record JournalRow(
        int seq,
        String stepId,
        int visit,
        String node,
        int attempt,
        StepState state,
        @Nullable Effect effect,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String idempotencyKey,
        Instant startedAt,
        @Nullable Instant endedAt) {
    /** Stands in place of a node's name for decisions. */
    public static final String DECIDE = "decide";

    /** Returns this attempt with its output. */
    public JournalRow succeeded(JsonNode result, Instant now) {
        return new JournalRow(
                seq,
                stepId,
                visit,
                node,
                attempt,
                StepState.SUCCEEDED,
                effect,
                input,
                result,
                null,
                null,
                idempotencyKey,
                startedAt,
                now);
    }

    /** Returns this attempt with its failure. */
    public JournalRow failed(String code, String message, Instant now) {
        return new JournalRow(
                seq,
                stepId,
                visit,
                node,
                attempt,
                StepState.FAILED,
                effect,
                input,
                null,
                code,
                message,
                idempotencyKey,
                startedAt,
                now);
    }
}
