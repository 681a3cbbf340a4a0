/**
 * The record of who did what. The kernel records every change and every refusal that comes through the door; a plugin
 * adds what only it knows, in the words of its own field.
 *
 * <pre>{@code
 * context.audit().record(AuditEntry.done("relaycore.budget.raised", "budget/" + id).with("limit", "500.00 EUR"));
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
