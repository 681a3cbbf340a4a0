package dev.mortise.cli.plugin;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where a plugin comes from: the server's catalogue, or a jar on this machine. */
sealed interface PluginSource {
    /** A plugin of the server's catalogue, in its newest version where none is named. */
    record Catalogue(String id, Optional<String> version) implements PluginSource {
        /** Returns the body of the request that names this plugin. */
        Map<String, String> body() {
            Map<String, String> body = new LinkedHashMap<>();
            body.put("id", id);
            version.ifPresent(named -> body.put("version", named));
            return body;
        }
    }

    /** A jar that is sent to the server. */
    record Jar(Path file) implements PluginSource {}

    /** Reads {@code id}, {@code id@version} or the path of a jar: whatever ends with {@code .jar}. */
    static PluginSource parse(String text) {
        if (text.endsWith(".jar")) {
            return new Jar(Path.of(text));
        }
        int at = text.indexOf('@');
        return at < 0
                ? new Catalogue(text, Optional.empty())
                : new Catalogue(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }
}
