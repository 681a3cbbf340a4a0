/**
 * The lease that a running job or a delivery of an event holds, and how it follows the call. The store asks for it at
 * the beginning of each writing transaction, so that a node that was paused and has lost its lease commits nothing.
 *
 * <pre>{@code
 * RunLease.ofJob(id, version).run(() -> registry.call(JobHandler.class, name, handler -> ...));
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.lease;

import org.jspecify.annotations.NullMarked;
