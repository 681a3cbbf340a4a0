/**
 * Models and who offers them. A {@link dev.mortise.api.model.ModelProvider} is a plugin's door to one vendor or
 * runtime; its models are values that can chat or embed, never both half-heartedly. The
 * {@link dev.mortise.api.model.ModelGateway} is what everybody else calls: it chooses the provider, measures and
 * records. Vendor dialects stay inside the provider.
 *
 * <pre>{@code
 * EmbeddingReply reply = extensions.callAny(ModelGateway.class, g -> g.embed(EmbeddingRequest.of("my brakes squeal")));
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
