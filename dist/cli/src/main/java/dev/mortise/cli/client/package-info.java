/**
 * How a command speaks to a server: over its HTTP API, with an API key. An answer that is not a success becomes a
 * {@link dev.mortise.cli.problem.CliException} that carries the server's problem details. Nothing here knows what a
 * plugin or a workflow is.
 *
 * <pre>{@code
 * try (ServerClient server = new ServerClient(url, Optional.of(key))) {
 *     JsonNode plugins = server.get("/api/v1/kernel/plugins");
 * }
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.client;

import org.jspecify.annotations.NullMarked;
