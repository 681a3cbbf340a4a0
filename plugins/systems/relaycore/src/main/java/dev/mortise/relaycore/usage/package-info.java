/**
 * What each call to a model consumed: written in the background, in batches, into the tenant's table {@code usage}.
 * Prices and budgets are not here.
 *
 * <pre>{@code
 * recorder.record(entry);   // returns at once
 * }</pre>
 */
@NullMarked
package dev.mortise.relaycore.usage;

import org.jspecify.annotations.NullMarked;
