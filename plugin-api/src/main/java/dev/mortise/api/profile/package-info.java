/**
 * What makes a tenant's server speak the language of its industry: an {@link dev.mortise.api.profile.IndustryProfile}
 * brings workflow templates and vocabulary. The steps that its templates use are node types of the same plugin.
 *
 * <pre>{@code
 * List<WorkflowTemplate> templates = extensions.call(IndustryProfile.class, "automotive", IndustryProfile::workflows);
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.profile;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
