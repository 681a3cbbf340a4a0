/**
 * How plugins call one another without knowing one another: an extension is found by its extension point and its name,
 * and is called under a lease, so that an update can wait for the calls that the old version still serves. Extension
 * points themselves live in packages of their own.
 *
 * <pre>{@code
 * EmbeddingReply reply = extensions.call(ModelGateway.class, "relaycore", gateway -> gateway.embed(request));
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.extension;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
