package dev.mortise.kernel.lifecycle;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plugin may be called. An id is also a path segment, a section of the settings and (with underscores) a schema
 * of the database, so it may hold only what means nothing special there.
 *
 * @since 0.1
 */
public final class PluginId {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 40;

    /** Names that mean something else in the database, in paths or in settings. */
    private static final Set<String> RESERVED =
            Set.of("kernel", "mortise", "public", "information-schema", "health", "metrics", "api", "plugins");

    private PluginId() {}

    /** Returns what is wrong with an id, or empty when it can be used. */
    public static Optional<String> problem(String id) {
        if (FORM.matcher(id).matches()
                && id.length() <= MAX_LENGTH
                && !RESERVED.contains(id)
                && !id.startsWith("pg-")) {
            return Optional.empty();
        }
        return Optional.of("Plugin-Id \"" + id
                + "\" is reserved or not made of lower-case letters, digits and single hyphens (at most " + MAX_LENGTH
                + " characters)");
    }
}
