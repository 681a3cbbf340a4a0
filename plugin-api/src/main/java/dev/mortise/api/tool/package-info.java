/**
 * What agents, protocols and scripts can use: a {@link dev.mortise.api.tool.Tool} takes one JSON object and answers
 * with JSON. Who may use which tool is not decided here.
 *
 * <pre>{@code
 * @Extension
 * public final class Rate implements Tool {
 *     public String name() { return "bank.rate"; }
 *     public ToolDescription describe() {
 *         return new ToolDescription("Exchange rate", "Returns the rate of a currency in euro",
 *                 Map.of("type", "object", "properties", Map.of("currency", Map.of("type", "string"))), Effect.NONE);
 *     }
 *     public JsonNode call(JsonNode input) { return rates.of(input.path("currency").asString()); }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.tool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
