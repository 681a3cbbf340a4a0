package dev.mortise.api.admin;

import dev.mortise.api.error.MortiseException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Life-cycle changes of plugins in the running server. Changes are made one at a time, in the order they were asked
 * for; each returns when it is complete. A change that fails leaves the former state and throws a
 * {@link MortiseException} whose code says which check refused it.
 *
 * @since 0.1
 */
@ProviderType
public interface PluginAdmin {
    /** Returns all installed plugins, in order of id. */
    List<PluginStatus> list();

    /**
     * Installs a plugin that is not installed yet, and starts it. The jar is copied; the given file is not needed
     * afterwards.
     *
     * @throws MortiseException with {@code kernel.plugin-*}; a plugin with the same id is a conflict, to be updated
     *     instead
     */
    PluginStatus install(Path jar);

    /**
     * Replaces a running plugin by another version, older or newer, without a failed call: loads it beside the old one,
     * publishes it in one step, waits for the old one's calls, and keeps the old one at hand for {@link #rollback}.
     *
     * @throws MortiseException with {@code kernel.plugin-*}; the old version then goes on as before
     */
    PluginStatus update(Path jar);

    /**
     * Brings back the version that was active before the last update.
     *
     * @throws MortiseException with {@code kernel.plugin-no-rollback} when there is none
     */
    PluginStatus rollback(String id);

    /** Starts a plugin that is stopped or has failed. */
    PluginStatus start(String id);

    /** Stops a plugin: withdraws its extensions, waits for their calls, and ends it. It stays installed. */
    PluginStatus stop(String id);

    /** Stops a plugin and removes its jars. Its schema and its data stay. */
    void remove(String id);
}
