package dev.mortise.api.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plugin as an administrator sees it.
 *
 * @param id the plugin's id
 * @param version the version that is active
 * @param description one sentence from its manifest
 * @param state where it stands
 * @param since when it came into that state
 * @param rollbackVersion the version that {@link PluginAdmin#rollback} would bring back
 * @param extensions its extensions, as {@code NodeType automotive.classify}
 * @param problem why it is in the state {@code FAILED}, or what an update left behind
 * @since 0.1
 */
public record PluginStatus(
        String id,
        String version,
        String description,
        PluginState state,
        Instant since,
        Optional<String> rollbackVersion,
        List<String> extensions,
        Optional<String> problem) {
    /** Takes an immutable copy of the list. */
    public PluginStatus {
        extensions = List.copyOf(extensions);
    }
}
