package dev.mortise.openai;

import dev.mortise.api.model.Model;
import dev.mortise.api.model.ModelProvider;
import java.util.List;
import org.pf4j.Extension;

/**
 * Offers the models of the configured servers, each as {@code openai/<server>/<model>}.
 *
 * @since 0.1
 */
@Extension
public final class OpenAiProvider implements ModelProvider {
    private final List<Model> models;

    /** Creates the provider; called by the kernel. */
    public OpenAiProvider(OpenAiPlugin plugin) {
        this(plugin.models());
    }

    OpenAiProvider(List<Model> models) {
        this.models = List.copyOf(models);
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<Model> models() {
        return models;
    }
}
