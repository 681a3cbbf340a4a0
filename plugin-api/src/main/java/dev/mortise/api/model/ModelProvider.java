package dev.mortise.api.model;

import dev.mortise.api.extension.NamedExtension;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offers the models of one vendor or runtime. Implementations are thread-safe and translate the vendor's failures into
 * {@link ModelError}.
 *
 * @since 0.1
 */
@ConsumerType
public interface ModelProvider extends NamedExtension {
    /**
     * Returns the models that can be called now, quickly and without calling the vendor. The ids are unique within the
     * provider. An empty list is a provider that is not configured.
     */
    List<Model> models();
}
