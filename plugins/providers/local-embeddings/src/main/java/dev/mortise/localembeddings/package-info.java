/**
 * The plugin {@code local-embeddings}: a model provider whose one model runs inside the server. The plugin's start
 * reads the model in the background, calls that come earlier wait for it, and the plugin's stop frees it. How texts
 * become tokens is in {@code wordpiece}; how tokens become numbers is in {@code onnx}.
 *
 * <pre>{@code
 * EmbeddingReply reply = extensions.callAny(ModelGateway.class, g -> g.embed(EmbeddingRequest.of(List.of("a noise"))));
 * }</pre>
 */
@NullMarked
package dev.mortise.localembeddings;

import org.jspecify.annotations.NullMarked;
