/**
 * The tenants of this server and what their operator does with them: create, suspend, resume, delete. A watch makes a
 * suspension known to every node within seconds, and an eraser takes the rows of a deleted tenant out of every schema.
 * What keeps tenants apart in the database lives in {@link dev.mortise.kernel.store}.
 *
 * <pre>{@code
 * TenantRoom tenants = shutdown.add("The tenants", TenantRoom.open(database, operator));
 * tenants.directory().suspend(TenantRef.parse("acme"));
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.tenant;

import org.jspecify.annotations.NullMarked;
