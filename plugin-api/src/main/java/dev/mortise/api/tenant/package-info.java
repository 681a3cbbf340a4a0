/**
 * For plugins that work in the background on behalf of every tenant, such as a workflow engine that resumes runs. There
 * is no access across tenants: work is done for one tenant after the other, each in its own context.
 *
 * <pre>{@code
 * for (TenantId tenant : tenants.active()) {
 *     tenants.asSystem(tenant).run(this::resumeRuns);
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.tenant;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
