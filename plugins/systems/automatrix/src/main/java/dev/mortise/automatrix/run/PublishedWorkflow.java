package dev.mortise.automatrix.run;

import java.time.Instant;

/**
 * A version of a workflow.
 *
 * @param name the workflow's name
 * @param version from 1
 * @param title for people
 * @param createdAt when it was published
 */
public record PublishedWorkflow(String name, int version, String title, Instant createdAt) {}
