/**
 * Life-cycle changes of plugins in the running server, for the few that administer them: the kernel's HTTP door, the
 * marketplace, the command line. Every call is a full step: it either ends in the new state or leaves the former one.
 *
 * <pre>{@code
 * PluginStatus status = admin.install(jar);
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
