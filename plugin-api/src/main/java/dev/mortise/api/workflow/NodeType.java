package dev.mortise.api.workflow;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import org.osgi.annotation.versioning.ConsumerType;
import tools.jackson.databind.JsonNode;

/**
 * A kind of step that workflows can contain, named as workflows name it, such as {@code automotive.classify}.
 *
 * @since 0.1
 */
@ConsumerType
public interface NodeType extends NamedExtension {
    /** Returns what the node is for and how the engine may treat it; constant. */
    NodeDescription describe();

    /**
     * Does the step's work; blocks until it is done. The engine keeps the output and never calls again for a step whose
     * output it has. It calls again, with the same idempotency key, when it does not know how a call ended (as
     * {@link Effect} allows), and with the next attempt's number after a transient failure.
     *
     * @return the output, any JSON value
     * @throws MortiseException when the step cannot be done; a transient category makes the engine try again
     */
    JsonNode execute(NodeCall call);
}
