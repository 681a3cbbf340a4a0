package dev.mortise.automatrix.run;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts requests and transitions into the form that the mapper's statements take. */
final class JournalJson {
    private static final int LONGEST_MESSAGE = 4_000;

    private final JsonMapper mapper;

    JournalJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** A transition as JSON. */
    record Change(UUID runId, String json) {
        int size() {
            return json.length();
        }
    }

    String requests(List<RunRequest> requests) {
        ArrayNode array = mapper.createArrayNode();
        for (RunRequest request : requests) {
            array.addObject()
                    .put("id", request.id().toString())
                    .put("workflow", request.workflow())
                    .put("input", request.input())
                    .put("key", request.idempotencyKey())
                    .put("hash", request.requestHash())
                    .put("trace_id", request.traceId())
                    .put("traceparent", request.traceparent())
                    .put(
                            "owner",
                            request.owner() == null ? null : request.owner().toString());
        }
        return mapper.writeValueAsString(array);
    }

    Change change(Transition transition) {
        ObjectNode change = mapper.createObjectNode()
                .put("run_id", transition.runId().toString())
                .put("epoch", transition.epoch())
                .put("state", transition.outcome().state().name());
        switch (transition.outcome()) {
            case Outcome.Goes ignored -> {}
            case Outcome.Requeued ignored -> {}
            case Outcome.Succeeds end -> change.put("output", text(end.output()));
            case Outcome.Fails end ->
                change.put("error_code", end.code())
                        .put("error_message", message(end.message()))
                        .put("error_step", end.step());
            case Outcome.Waits wait ->
                change.put(
                                "pause_ms",
                                wait.pause() == null ? null : wait.pause().toMillis())
                        .put("waiting_for", wait.node());
        }
        ArrayNode steps = change.putArray("steps");
        transition.rows().forEach(row -> step(steps.addObject(), row));
        return new Change(transition.runId(), mapper.writeValueAsString(change));
    }

    private void step(ObjectNode step, JournalRow row) {
        step.put("seq", row.seq())
                .put("step_id", row.stepId())
                .put("visit", row.visit())
                .put("node", row.node())
                .put("attempt", row.attempt())
                .put("state", row.state().name())
                .put("effect", row.effect() == null ? null : row.effect().name())
                .put("input", row.input() == null ? null : text(row.input()))
                .put("output", row.output() == null ? null : text(row.output()))
                .put("error_code", row.errorCode())
                .put("error_message", message(row.errorMessage()))
                .put("idempotency_key", row.idempotencyKey())
                .put("started_at", row.startedAt().toString())
                .put("ended_at", row.endedAt() == null ? null : row.endedAt().toString());
    }

    private String text(JsonNode value) {
        return mapper.writeValueAsString(value);
    }

    /** PostgreSQL's texts cannot hold the character 0, and nobody reads more than a page of a message. */
    private static @Nullable String message(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String bounded = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        return bounded.replace('\0', '\uFFFD');
    }
}
