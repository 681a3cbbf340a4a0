package dev.mortise.api.profile;

/**
 * A workflow to begin with.
 *
 * @param name the name that the workflow gets, in lower case and hyphens
 * @param title two to five words for people
 * @param source the workflow in the engine's YAML
 * @since 0.1
 */
public record WorkflowTemplate(String name, String title, String source) {}
