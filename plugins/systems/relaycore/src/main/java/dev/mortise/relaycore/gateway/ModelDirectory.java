package dev.mortise.relaycore.gateway;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.model.Model;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.ModelListing;
import dev.mortise.api.model.ModelProvider;
import dev.mortise.relaycore.RelaySettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of all running providers. Asks them at every look, so that it is never out of date. */
final class ModelDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);

    private final Extensions extensions;
    private final Supplier<RelaySettings> settings;

    /** @param settings as they are now for the bound tenant */
    ModelDirectory(Extensions extensions, Supplier<RelaySettings> settings) {
        this.extensions = extensions;
        this.settings = settings;
    }

    /** Returns all models: providers by name, the models of each in the provider's order. */
    List<ModelListing> all() {
        return extensions.list(ModelProvider.class).stream()
                .map(ExtensionInfo::name)
                .flatMap(this::modelsOf)
                .toList();
    }

    private Stream<ModelListing> modelsOf(String provider) {
        try {
            return extensions
                    .call(
                            ModelProvider.class,
                            provider,
                            offered ->
                                    offered.models().stream().map(Model::info).toList())
                    .stream()
                    .map(info -> new ModelListing(provider, info));
        } catch (MortiseException e) {
            // One provider that is going or broken must not hide the others.
            LOG.warn("The models of the provider {} are not listed: {}", provider, e.describe());
            return Stream.empty();
        }
    }

    /**
     * Returns the model that the name means, or the default.
     *
     * @throws MortiseException when there is none, or several
     */
    ModelListing find(ModelKind kind, Optional<String> name) {
        @Nullable
        String usual = switch (kind) {
            case CHAT -> settings.get().defaultChatModel();
            case EMBEDDING -> settings.get().defaultEmbeddingModel();
        };
        return new ModelChoice(all(), kind).choose(name, Optional.ofNullable(usual));
    }
}
