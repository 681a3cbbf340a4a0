package dev.mortise.automatrix.run;

import java.time.Instant;
import java.util.UUID;

/**
 * A run that was accepted.
 *
 * @param id the run
 * @param version the workflow's version that it got
 * @param createdAt when it was accepted
 */
public record AcceptedRun(UUID id, int version, Instant createdAt) {}
