package dev.mortise.automatrix.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What went into a run and what came out.
 *
 * @param input the run's input
 * @param output the run's output once it has succeeded
 */
public record RunPayload(JsonNode input, @Nullable JsonNode output) {}
