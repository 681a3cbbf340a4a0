/**
 * What plugins hand over to be kept: records or JSON trees, written by the plugin's own mapper, up to a limit.
 *
 * <pre>{@code
 * JsonNode tree = Payload.of(json, value, 64 << 10, "The message on " + topic);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.payload;

import org.jspecify.annotations.NullMarked;
