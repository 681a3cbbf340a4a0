package dev.mortise.api.profile;

import dev.mortise.api.extension.NamedExtension;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An industry's way of working, named by a short word such as {@code automotive}.
 *
 * @since 0.1
 */
@ConsumerType
public interface IndustryProfile extends NamedExtension {
    /** Returns the title for people, such as "Automotive retail and service". */
    String title();

    /**
     * Returns the workflows that a tenant of this industry can begin with; their names are unique within the profile.
     */
    List<WorkflowTemplate> workflows();
}
