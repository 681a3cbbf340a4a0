package dev.mortise.api.live;

import dev.mortise.api.extension.NamedExtension;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Declares a topic and who may watch it. The name begins with the plugin's id and a dot, such as
 * {@code automatrix.run}; {@code automatrix.run/<anything>} belongs to it.
 *
 * @since 0.1
 */
@ConsumerType
public interface LiveTopic extends NamedExtension {
    /** Returns the permission that watching needs, such as {@code automatrix.runs.read}. */
    String permission();
}
