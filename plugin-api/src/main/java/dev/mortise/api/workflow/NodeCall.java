package dev.mortise.api.workflow;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One call of a node.
 *
 * @param runId the run that the step belongs to
 * @param stepId the step's id in the workflow
 * @param attempt from 1; counts the calls after transient failures
 * @param idempotencyKey the same for every call that stands for the same step of the same run, unique otherwise
 * @param input the step's {@code with}, its expressions evaluated; an object
 * @since 0.1
 */
public record NodeCall(UUID runId, String stepId, int attempt, String idempotencyKey, JsonNode input) {}
