/**
 * The heart of rooms that work in the background: a step taken regularly, and at once when something was announced.
 *
 * <pre>{@code
 * Pulse upkeep = new Pulse("The jobs' upkeep", Duration.ofSeconds(1), this::tend);
 * upkeep.start();
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.pulse;

import org.jspecify.annotations.NullMarked;
