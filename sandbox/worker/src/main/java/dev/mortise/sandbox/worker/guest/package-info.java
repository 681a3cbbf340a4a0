/**
 * Where scripts run: one engine, a context for each call, limits, and what became of a call. Java speaks to a script's
 * context through one function that a bootstrap in the script's own language returns ({@code javascript.js},
 * {@code python.py}), in texts alone: no member of a value that a script made is asked for from Java, and no code of a
 * script runs outside of its limits.
 *
 * <pre>{@code
 * Message result = new Guest(Dialect.JAVASCRIPT, clock).call(call, host);
 * }</pre>
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.worker.guest;

import org.jspecify.annotations.NullMarked;
