/**
 * Live topics: what plugins say right now, handed to the clients of the tenant on every node, over one WebSocket or an
 * SSE stream. Nothing runs here before somebody publishes or watches.
 *
 * <pre>{@code
 * GET /api/v1/live                                     (WebSocket)
 *   → {"type":"subscribe","topic":"automatrix.run/0199…","after":1790000000042}
 *   ← {"type":"subscribed","topic":"automatrix.run/0199…","sequence":1790000000042}
 *   ← {"type":"message","topic":"automatrix.run/0199…","sequence":1790000000043,"data":{…}}
 * GET /api/v1/live/sse?topics=automatrix.run/0199…     (the same messages as an event stream)
 * }</pre>
 *
 * How it is put together: {@code PluginLive} inserts a message in the plugin's transaction; {@code LiveTable} numbers
 * what is committed and reads it in order; {@code LiveRoom} hands each message to the {@code Watch}es of its topic; a
 * {@code Client} has a bounded queue and a thread that writes it to its {@code Wire}.
 */
@NullMarked
package dev.mortise.kernel.live;

import org.jspecify.annotations.NullMarked;
