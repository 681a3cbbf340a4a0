package dev.mortise.cli.plugin.dev;

import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The plugin in the server. */
final class DevPlugin {
    private static final String PLUGINS = "/api/v1/kernel/plugins";

    private final ServerClient server;

    DevPlugin(ServerClient server) {
        this.server = server;
    }

    /**
     * Installs the jar, or replaces what is installed under that id by it.
     *
     * @return the plugin's status
     * @throws CliException as the server says
     */
    JsonNode bringIn(String id, Path jar) {
        try {
            return server.putJar(path(id), jar);
        } catch (CliException refused) {
            if (!refused.problem().code().equals("kernel.plugin-unknown")) {
                throw refused;
            }
            return server.postJar(PLUGINS, jar);
        }
    }

    void remove(String id) {
        server.delete(path(id));
    }

    private static String path(String id) {
        return PLUGINS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
