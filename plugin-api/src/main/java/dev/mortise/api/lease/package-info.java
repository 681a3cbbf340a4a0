/**
 * Work that one node at a time may do. A node leads while it holds a lease, which runs out by the database's clock when
 * it is not renewed: a node that dies, hangs or loses its network stops leading without being asked, and another one
 * takes over. Clocks of nodes do not matter.
 *
 * <p>A process can be paused at any instruction and wake up when another node leads already. So work that must not be
 * done twice calls {@link dev.mortise.api.lease.Lease#fence} inside of the transaction that writes: the transaction is
 * then kept only if the lease was still held.
 *
 * <pre>{@code
 * context.leases().lead("reports", lease -> {
 *     while (lease.isHeld()) {
 *         store.transaction(open -> {
 *             lease.fence();
 *             return open.mapper(ReportMapper.class).writeNext();
 *         });
 *     }
 * });
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.lease;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
