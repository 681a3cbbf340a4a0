/**
 * From a request to the model that answers it: which models there are, which one a name means, the call under a lease,
 * and the record of it. Knows no wire format and no table.
 *
 * <pre>{@code
 * EmbeddingReply reply = extensions.callAny(ModelGateway.class, g -> g.embed(EmbeddingRequest.of(List.of("noise"))));
 * }</pre>
 */
@NullMarked
package dev.mortise.relaycore.gateway;

import org.jspecify.annotations.NullMarked;
