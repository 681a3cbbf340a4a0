package dev.mortise.relaycore;

import dev.mortise.api.settings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the plugin.
 *
 * @param defaultChatModel the model for chats that name none; without it, the first one of the only provider that chats
 * @param defaultEmbeddingModel the same for embeddings
 * @param usageQueue how many records of usage may wait to be written, 1 to 1,000,000; 0 or missing for 10,000
 * @since 0.1
 */
public record RelaySettings(
        @Setting(
                value = "The model for chats that name none; else the first of the only provider that chats.",
                min = 1,
                tenant = true)
        @Nullable
        String defaultChatModel,

        @Setting(
                value = "The model for embeddings that name none; else the first of the only provider that embeds.",
                min = 1,
                tenant = true)
        @Nullable
        String defaultEmbeddingModel,

        @Setting(
                value = "How many records of usage may wait to be written; 0 for 10,000. Read when the plugin starts.",
                min = 0,
                max = RelaySettings.MOST_QUEUED)
        int usageQueue) {
    private static final int MOST_QUEUED = 1_000_000;
    private static final int USUALLY_QUEUED = 10_000;

    /**
     * Checks the values and fills in the defaults.
     *
     * @throws IllegalArgumentException when a value is out of range or blank
     */
    public RelaySettings {
        requireName("defaultChatModel", defaultChatModel);
        requireName("defaultEmbeddingModel", defaultEmbeddingModel);
        if (usageQueue < 0 || usageQueue > MOST_QUEUED) {
            throw new IllegalArgumentException("usageQueue is " + usageQueue + "; it must be from 1 to " + MOST_QUEUED);
        }
        if (usageQueue == 0) {
            usageQueue = USUALLY_QUEUED;
        }
    }

    private static void requireName(String setting, @Nullable String name) {
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException(
                    setting + " is blank; name a model as provider/model, or leave the setting out");
        }
    }
}
