package dev.mortise.openai.settings;

import dev.mortise.api.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the plugin.
 *
 * @param servers the servers; none when missing
 * @since 0.1
 */
public record OpenAiSettings(
        @Setting("The servers, each with its models. Read when the plugin starts.") @Nullable
        List<ServerSettings> servers) {
    /**
     * Checks that the names are unique.
     *
     * @throws IllegalArgumentException when two servers have the same name
     */
    public OpenAiSettings {
        servers = servers == null ? List.of() : List.copyOf(servers);
        Checks.requireUnique("name of a server", servers.stream().map(ServerSettings::name));
    }

    /** Returns the servers, never null. */
    @Override
    public List<ServerSettings> servers() {
        return servers == null ? List.of() : servers;
    }
}
