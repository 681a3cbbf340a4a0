package dev.mortise.api.model;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one door to all models, for plugins: finds the provider, keeps within limits, measures, and records usage for the
 * tenant of the call.
 *
 * @since 0.1
 */
@ProviderType
public interface ModelGateway extends NamedExtension {
    /** Returns every model of every running provider, in order of qualified name. */
    List<ModelListing> models();

    /**
     * Answers by the model that the request names, or by the default chat model.
     *
     * @throws MortiseException with a {@link ModelError}; where a name fits several models, or none is named and there
     *     is no default, with a code of the gateway's own
     */
    ChatReply chat(ChatRequest request);

    /**
     * Embeds by the model that the request names, or by the default embedding model.
     *
     * @throws MortiseException as {@link #chat}
     */
    EmbeddingReply embed(EmbeddingRequest request);
}
