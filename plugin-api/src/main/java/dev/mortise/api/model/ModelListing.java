package dev.mortise.api.model;

/**
 * A model as the gateway offers it.
 *
 * @param provider the name of the provider
 * @param info the model
 * @since 0.1
 */
public record ModelListing(String provider, ModelInfo info) {
    /** Returns the name by which requests may ask for exactly this model: {@code provider/model}. */
    public String qualifiedName() {
        return provider + "/" + info.id();
    }
}
