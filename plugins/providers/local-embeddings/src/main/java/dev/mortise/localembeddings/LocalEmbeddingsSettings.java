package dev.mortise.localembeddings;

import dev.mortise.api.settings.Setting;

/**
 * The settings of the plugin.
 *
 * @param parallelism how many texts are computed at a time, 1 to 256; 0 or missing for one less than the processors, at
 *     least 1, which leaves a processor to the rest of the server
 * @since 0.1
 */
public record LocalEmbeddingsSettings(
        @Setting(
                value =
                        "How many texts are computed at a time; 0 for one less than the processors. Read when the plugin starts.",
                min = 0,
                max = LocalEmbeddingsSettings.MOST)
        int parallelism) {
    private static final int MOST = 256;

    /**
     * Checks the values and fills in the default.
     *
     * @throws IllegalArgumentException when the parallelism is out of range
     */
    public LocalEmbeddingsSettings {
        if (parallelism < 0 || parallelism > MOST) {
            throw new IllegalArgumentException("parallelism is " + parallelism + "; it must be from 1 to " + MOST
                    + ", or left out for one less than the processors");
        }
        if (parallelism == 0) {
            parallelism = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        }
    }
}
