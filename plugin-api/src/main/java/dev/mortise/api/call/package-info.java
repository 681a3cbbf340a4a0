/**
 * On whose behalf the current code runs: the tenant, the principal and the trace, bound once at the door (an HTTP
 * request, a trigger, a job) and carried by a {@link java.lang.ScopedValue} through every call, also into other
 * plugins. No method takes a tenant as a parameter unless it administers tenants.
 *
 * <pre>{@code
 * TenantId tenant = CallContext.current().tenant();
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.call;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
