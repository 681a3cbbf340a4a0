package dev.mortise.relaycore.gateway;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.ModelListing;
import dev.mortise.relaycore.RelayError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides which model a request means.
 *
 * @param offered all models
 * @param kind what the model must be able to do
 */
record ModelChoice(List<ModelListing> offered, ModelKind kind) {
    private static final int MOST_NAMED = 10;

    /**
     * Returns the model of that name; without a name the default; without that the first one of the only provider.
     *
     * @throws MortiseException with {@code model.not-found}, {@code relaycore.model-ambiguous} or
     *     {@code relaycore.no-default-model}
     */
    ModelListing choose(Optional<String> name, Optional<String> usual) {
        if (name.isPresent()) {
            return byName(name.get(), "Ask for one of these, or install a provider that offers it");
        }
        if (usual.isPresent()) {
            return byName(usual.get(), "It is set as " + setting() + ": correct the setting or install its provider");
        }
        return onlyProvidersFirst();
    }

    private ModelListing byName(String name, String remedy) {
        List<ModelListing> candidates = ofKind().stream()
                .filter(model -> model.qualifiedName().equals(name))
                .toList();
        if (candidates.isEmpty()) {
            candidates = ofKind().stream()
                    .filter(model -> model.qualifiedName().endsWith("/" + name))
                    .toList();
        }
        if (candidates.size() > 1) {
            throw new MortiseException(
                    RelayError.MODEL_AMBIGUOUS,
                    "Several " + kindName() + " models are called \"" + name + "\": " + names(candidates),
                    "Ask for one of them by its full name, provider/model");
        }
        if (candidates.isEmpty()) {
            throw new MortiseException(
                    ModelError.NOT_FOUND,
                    "There is no " + kindName() + " model \"" + name + "\"; offered are: " + names(ofKind()),
                    remedy);
        }
        return candidates.getFirst();
    }

    private ModelListing onlyProvidersFirst() {
        List<ModelListing> models = ofKind();
        long providers = models.stream().map(ModelListing::provider).distinct().count();
        if (providers != 1) {
            throw new MortiseException(
                    RelayError.NO_DEFAULT_MODEL,
                    "The request names no model, and there is no default for " + kindName() + "; offered are: "
                            + names(models),
                    models.isEmpty()
                            ? "Install or configure a provider of such models, for example the plugin openai"
                            : "Name a model in the request, or set plugins.relaycore." + setting());
        }
        return models.getFirst();
    }

    private List<ModelListing> ofKind() {
        return offered.stream().filter(model -> model.info().kind() == kind).toList();
    }

    private String kindName() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private String setting() {
        return kind == ModelKind.CHAT ? "defaultChatModel" : "defaultEmbeddingModel";
    }

    private static String names(List<ModelListing> models) {
        if (models.isEmpty()) {
            return "none";
        }
        String named = models.stream()
                .map(ModelListing::qualifiedName)
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return models.size() > MOST_NAMED ? named + " and " + (models.size() - MOST_NAMED) + " more" : named;
    }
}
