/**
 * Events between plugins: an outbox in PostgreSQL, numbered in the order in which it becomes visible, and delivered
 * lane by lane by whichever node holds the lane's lease.
 *
 * <pre>
 * publish (plugin's transaction) ─► event ─ signal ─► number_events ─► event_delivery (tenant × subscriber × lane)
 *                                                                            │ claim, under a lease
 *                                        event_cursor ◄── complete() or after ── EventHandler.handle
 * </pre>
 */
@NullMarked
package dev.mortise.kernel.event;

import org.jspecify.annotations.NullMarked;
