/**
 * What is going on right now, for the screens of people: short messages on topics, numbered, seen on every node, over
 * one WebSocket or SSE stream. A client that was away for a moment gets what it missed; one that was away for long is
 * told that there is a gap and reads the state anew. Nothing of importance is kept here: facts belong to
 * {@link dev.mortise.api.event}.
 *
 * <pre>{@code
 * live.publish("automatrix.run/" + runId, new StepEnded(step, outcome));
 *
 * @Extension
 * public final class RunTopic implements LiveTopic {
 *     public String name() { return "automatrix.run"; }
 *     public String permission() { return "automatrix.runs.read"; }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.live;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
