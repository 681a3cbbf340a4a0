/**
 * Limits: how many requests a tenant, a user, a key, an operation and a stranger's address may make in a time, and the
 * limits of plugins; on all nodes together, told to callers by the standard headers.
 *
 * <p>A limit is a token bucket in PostgreSQL. A node does not ask for every request: it leases a twentieth of the
 * bucket and spends that from memory. Bucket4j was looked at and left: its PostgreSQL back end keeps one opaque value
 * in a table without tenants, outside of row-level security, and its batching admits first and settles later, where a
 * lease never admits what it has not got.
 *
 * <pre>{@code
 * LimitRoom limits = shutdown.add("The limits", LimitRoom.open(database, settings, operator, meters));
 * limits.limiter().take(tenant, "tenant", rate, 1);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.limit;

import org.jspecify.annotations.NullMarked;
