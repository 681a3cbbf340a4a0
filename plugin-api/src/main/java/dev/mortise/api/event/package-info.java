/**
 * Facts that plugins tell one another: what has happened, kept in the database with the transaction in which it
 * happened, and delivered to every subscriber at least once, in order for each key, on whichever node has time. A
 * subscriber that was stopped, updated or slow goes on where it was.
 *
 * <pre>{@code
 * store.transaction(open -> {
 *     open.mapper(RunMapper.class).finish(runId);
 *     return events.publish("automatrix.run.finished", runId.toString(), new RunFinished(runId, outcome));
 * });
 *
 * @Extension
 * public final class Invoices implements EventHandler {
 *     public String name() { return "billing.invoices"; }
 *     public Set<String> topics() { return Set.of("automatrix.run.*"); }
 *     public void handle(Delivery delivery) { ... }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
