/**
 * OpenAI's wire format (platform.openai.com/docs/api-reference) as a client, and the translation of every way in which
 * a server can fail into {@link dev.mortise.api.model.ModelError}. The parts of a server's answer that reach a message
 * are cut and stripped of secrets.
 *
 * <pre>{@code
 * JsonNode reply = server.post("embeddings", body);
 * }</pre>
 */
@NullMarked
package dev.mortise.openai.wire;

import org.jspecify.annotations.NullMarked;
