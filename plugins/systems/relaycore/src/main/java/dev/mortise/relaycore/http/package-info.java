/**
 * OpenAI's wire format (platform.openai.com/docs/api-reference) over the gateway, so that the vendors' SDKs work with
 * Mortise as their server. Failures have OpenAI's shape as well: the SDKs read that and not problem details.
 *
 * <pre>{@code
 * POST /api/v1/relaycore/chat/completions   {"messages": [{"role": "user", "content": "Hello"}]}
 * }</pre>
 */
@NullMarked
package dev.mortise.relaycore.http;

import org.jspecify.annotations.NullMarked;
