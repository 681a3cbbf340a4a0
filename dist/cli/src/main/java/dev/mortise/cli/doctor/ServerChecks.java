package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The running server, where there is one: whether it is ready, and how its plugins are. */
record ServerChecks(ServerClient client) {
    List<Finding> look() {
        if (!client.answers("/health/live")) {
            return List.of(Finding.ok("server", "none is running at " + client.url()));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(
                client.answers("/health/ready")
                        ? Finding.ok("server", client.url() + " is ready")
                        : Finding.fail(
                                "server",
                                client.url() + " is running and not ready",
                                "See its log; it is starting, stopping, or has lost its database",
                                ExitCode.FAILURE));
        findings.add(plugins());
        return findings;
    }

    private Finding plugins() {
        try {
            JsonNode plugins = client.get("/api/v1/kernel/plugins").path("items");
            List<String> failed = new ArrayList<>();
            for (JsonNode plugin : plugins) {
                if (plugin.path("state").asString("").equals("FAILED")) {
                    failed.add(plugin.path("id").asString("?") + " ("
                            + plugin.path("problem").asString("no reason given") + ")");
                }
            }
            return failed.isEmpty()
                    ? Finding.ok("plugins", plugins.size() + " installed, none has failed")
                    : Finding.fail(
                            "plugins",
                            "failed: " + String.join(", ", failed),
                            "See the server's log, then: mortise plugin start ID, or rollback ID",
                            ExitCode.PLUGIN_REFUSED);
        } catch (CliException refused) {
            return refused.exitCode() == ExitCode.NOT_AUTHORISED
                    ? Finding.warn("plugins", "cannot be seen without a key", "Give one with --key-file or MORTISE_KEY")
                    : Finding.fail(
                            "plugins",
                            refused.problem().message(),
                            refused.problem().remedy(),
                            refused.exitCode());
        }
    }
}
