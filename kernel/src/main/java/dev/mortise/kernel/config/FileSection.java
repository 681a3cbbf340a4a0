package dev.mortise.kernel.config;

import tools.jackson.databind.JsonNode;

/**
 * What the configuration file says about one plugin.
 *
 * @since 0.1
 */
public final class FileSection {
    private final YamlDocument document;

    FileSection(YamlDocument document) {
        this.document = document;
    }

    /** Returns the values; an empty object where the file has none. Not to be changed. */
    public JsonNode values() {
        return document.root();
    }

    /**
     * Returns where a value stands, as {@code file:line}; for one that is not there, where its parent stands.
     *
     * @param pointer the path of the value (RFC 6901)
     */
    public String place(String pointer) {
        return document.place(pointer);
    }
}
