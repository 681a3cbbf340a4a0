package dev.mortise.api.plugin;

/**
 * Which plugin this is.
 *
 * @param id short name in lower case, digits and hyphens, unique in a server; also its path segment, its settings'
 *     section and (with underscores) its database schema
 * @param version semantic version, such as {@code 1.4.0}
 * @since 0.1
 */
public record PluginInfo(String id, String version) {
    @Override
    public String toString() {
        return id + " " + version;
    }
}
