/**
 * Commands about the durable work of a server: what waits, what failed for good, and running it again.
 *
 * <pre>{@code
 * mortise job list --state dead
 * mortise job show ID
 * mortise job replay ID
 * mortise job cancel ID
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.job;

import org.jspecify.annotations.NullMarked;
