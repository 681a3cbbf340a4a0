package ${package};

import org.jspecify.annotations.Nullable;

/**
 * The section {@code plugins.${artifactId}} of the server's configuration.
 *
 * @param mostCharacters the longest note that is taken; 1000 where nothing is set
 */
public record NotesSettings(@Nullable Integer mostCharacters) {
    private static final int USUAL = 1000;

    /**
     * Fills in the defaults.
     *
     * @throws IllegalArgumentException when a value is not possible; the server then refuses the plugin, and says where
     */
    public NotesSettings {
        mostCharacters = mostCharacters == null ? USUAL : mostCharacters;
        if (mostCharacters < 1) {
            throw new IllegalArgumentException("mostCharacters is " + mostCharacters + "; it must be at least 1");
        }
    }

    int limit() {
        return mostCharacters == null ? USUAL : mostCharacters;
    }
}
