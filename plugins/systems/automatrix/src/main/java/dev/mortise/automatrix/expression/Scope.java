package dev.mortise.automatrix.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an expression can see.
 *
 * @param input the run's input
 * @param steps the outputs of the steps that ran, by step id; a step that was skipped is absent
 * @param run facts about the run: {@code id} and {@code startedAt}
 */
public record Scope(JsonNode input, Map<String, JsonNode> steps, JsonNode run) {
    /** Returns the value of a top-level name that is not {@code steps}, or null for an unknown name. */
    @Nullable
    JsonNode root(String name) {
        return switch (name) {
            case "input" -> input;
            case "run" -> run;
            default -> null;
        };
    }
}
