package dev.mortise.cli.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose settings of which plugin. */
final class SettingsTarget {
    @Parameters(index = "0", paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin = "";

    @Option(names = "--tenant", description = "What your tenant has chosen for itself, not the whole server's.")
    private boolean tenant;

    String plugin() {
        return plugin;
    }

    /** Returns the resource. */
    String path() {
        String id = URLEncoder.encode(plugin, StandardCharsets.UTF_8);
        return tenant ? "/api/v1/kernel/tenant/settings/" + id : "/api/v1/kernel/plugins/" + id + "/settings";
    }
}
