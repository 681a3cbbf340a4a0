package dev.mortise.cli.plugin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The resource of one plugin. */
final class PluginPath {
    private PluginPath() {}

    static String of(String id) {
        return "/api/v1/kernel/plugins/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
