package dev.mortise.automatrix.run;

import java.time.Instant;

/**
 * A version of a workflow with its source.
 *
 * @param name the workflow's name
 * @param version from 1
 * @param title for people
 * @param source the YAML as it was published
 * @param createdAt when it was published
 */
public record WorkflowSource(String name, int version, String title, String source, Instant createdAt) {}
