package dev.mortise.openai.settings;

import dev.mortise.api.settings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model of a server.
 *
 * @param id the server's name for it
 * @param dimensions the length of its vectors; 0 or missing when not known
 * @since 0.1
 */
public record EmbeddingModelSettings(
        @Setting(value = "The server's name for the model.", min = 1) @Nullable
        String id,

        @Setting(
                value = "The length of its vectors; 0 when not known.",
                min = 0,
                max = EmbeddingModelSettings.MOST_DIMENSIONS)
        int dimensions) {
    private static final int MOST_DIMENSIONS = 65_536;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when the id is missing or the dimensions are out of range
     */
    public EmbeddingModelSettings {
        Checks.requireText("The id of an embedding model", id);
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("The dimensions of \"" + id + "\" are " + dimensions
                    + "; they must be from 1 to " + MOST_DIMENSIONS + ", or left out when not known");
        }
    }

    /** Returns the server's name for the model, never null. */
    @Override
    public String id() {
        return id == null ? "" : id;
    }
}
