package dev.mortise.localembeddings;

import dev.mortise.api.model.Model;
import dev.mortise.api.model.ModelProvider;
import java.util.List;
import org.pf4j.Extension;

/**
 * Offers the local model as {@code local-embeddings/all-minilm-l6-v2}.
 *
 * @since 0.1
 */
@Extension
public final class LocalEmbeddings implements ModelProvider {
    private final List<Model> models;

    /** Creates the provider; called by the kernel. */
    public LocalEmbeddings(LocalEmbeddingsPlugin plugin) {
        this(plugin.model());
    }

    LocalEmbeddings(Model model) {
        models = List.of(model);
    }

    @Override
    public String name() {
        return "local-embeddings";
    }

    @Override
    public List<Model> models() {
        return models;
    }
}
