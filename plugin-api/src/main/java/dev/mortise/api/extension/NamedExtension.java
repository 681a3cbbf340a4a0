package dev.mortise.api.extension;

import org.osgi.annotation.versioning.ConsumerType;
import org.pf4j.ExtensionPoint;

/**
 * An extension that is called by name. The name is read once, when the plugin is loaded, and is unique among all
 * extensions of the same extension point; a second plugin that claims a taken name is refused.
 *
 * @since 0.1
 */
@ConsumerType
public interface NamedExtension extends ExtensionPoint {
    /** Returns the name, constant over the life of the extension, such as {@code automotive.classify}. */
    String name();
}
