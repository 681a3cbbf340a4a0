/**
 * Which permissions work for whom. A permission is held by a principal; one that is about the whole server works for
 * the operator's tenant alone.
 *
 * <pre>{@code
 * permissions.require(CallContext.current(), "kernel.plugins.write");
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.permission;

import org.jspecify.annotations.NullMarked;
