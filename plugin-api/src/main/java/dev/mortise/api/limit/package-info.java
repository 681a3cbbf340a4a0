/**
 * Limits of a plugin's own: so many per time, counted over all nodes. The kernel limits requests by itself; this is for
 * what only the plugin can count, such as tokens of a model or mails of a tenant.
 *
 * <pre>{@code
 * limits.declare("mails", new Rate(500, Duration.ofHours(1)));
 * Permit permit = limits.tryAcquire("mails", mailbox, recipients.size());
 * if (!permit.granted()) {
 *     retryAfter(permit.retryAfter());
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.limit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
