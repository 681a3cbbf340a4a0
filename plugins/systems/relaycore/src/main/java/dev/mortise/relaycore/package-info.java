/**
 * The plugin {@code relaycore}: the one door to all models. Its main class puts the parts together: {@code gateway}
 * finds and calls models, {@code usage} keeps what was consumed, {@code http} speaks OpenAI's wire format. Vendors'
 * dialects are not here but in the providers.
 *
 * <pre>{@code
 * curl -H "Authorization: Bearer $KEY" -d '{"input": "my brakes squeal"}' $URL/api/v1/relaycore/embeddings
 * }</pre>
 */
@NullMarked
package dev.mortise.relaycore;

import org.jspecify.annotations.NullMarked;
