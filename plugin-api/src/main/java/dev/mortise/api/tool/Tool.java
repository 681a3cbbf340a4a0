package dev.mortise.api.tool;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import org.osgi.annotation.versioning.ConsumerType;
import tools.jackson.databind.JsonNode;

/**
 * Something that can be asked for by name, such as {@code bank.rate}.
 *
 * @since 0.1
 */
@ConsumerType
public interface Tool extends NamedExtension {
    /** Returns what the tool is for and what it takes; constant. */
    ToolDescription describe();

    /**
     * Answers, for the tenant of the bound {@link dev.mortise.api.call.CallContext}; blocks until it is done.
     *
     * @param input an object; a tool checks it itself, because it may come from a model
     * @return any JSON value
     * @throws MortiseException when it cannot; a transient category invites to try again
     */
    JsonNode call(JsonNode input);
}
