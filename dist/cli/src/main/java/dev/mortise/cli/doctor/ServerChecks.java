package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        findings.add(nodes());
        sandbox().ifPresent(findings::add);
        return findings;
    }

    /** What holds code of strangers, where the plugin is installed and the key may see it. */
    private Optional<Finding> sandbox() {
        try {
            JsonNode walls = client.get("/api/v1/sandbox/walls");
            List<String> gaps = new ArrayList<>();
            walls.path("gaps").forEach(gap -> gaps.add(gap.asString("")));
            String text = "code of strangers is held by " + walls.path("level").asString("?") + ", "
                    + walls.path("minimum").asString("?") + " is demanded";
            if (walls.path("runs").asBoolean(false)) {
                return Optional.of(
                        gaps.isEmpty()
                                ? Finding.ok("sandbox", text)
                                : Finding.warn("sandbox", text, String.join("; ", gaps)));
            }
            return Optional.of(
                    Finding.fail("sandbox", text + "; nothing is run", String.join("; ", gaps), ExitCode.FAILURE));
        } catch (CliException _) {
            return Optional.empty(); // Not installed, or not for this key: nothing is wrong by that.
        }
    }

    /** Who is there, and whether all run the same. */
    private Finding nodes() {
        try {
            List<String> alive = new ArrayList<>();
            List<String> troubles = new ArrayList<>();
            for (JsonNode node : client.get("/api/v1/kernel/nodes").path("items")) {
                if (!node.path("state").asString("").equals("GONE")) {
                    alive.add(describe(node));
                    node.path("differs")
                            .properties()
                            .forEach(each -> troubles.add(node.path("name").asString("?") + " differs in "
                                    + each.getKey() + " (" + each.getValue().asString("") + ")"));
                }
            }
            return troubles.isEmpty()
                    ? Finding.ok("nodes", String.join("; ", alive))
                    : Finding.warn(
                            "nodes",
                            String.join("; ", alive) + "; " + String.join("; ", troubles),
                            "Wait some seconds; then see the log of the node that differs, or restart it");
        } catch (CliException refused) {
            return refused.exitCode() == ExitCode.NOT_AUTHORISED
                    ? Finding.warn("nodes", "cannot be seen without a key", "Give one with --key-file or MORTISE_KEY")
                    : Finding.fail(
                            "nodes",
                            refused.problem().message(),
                            refused.problem().remedy(),
                            refused.exitCode());
        }
    }

    private static String describe(JsonNode node) {
        List<String> leads = new ArrayList<>();
        node.path("leads").forEach(each -> leads.add(each.asString("")));
        return String.format(
                Locale.ROOT,
                "%s %s, version %s, heard %.1f s ago%s",
                node.path("name").asString("?"),
                node.path("state").asString("?").toLowerCase(Locale.ROOT),
                node.path("version").asString("?"),
                node.path("heardMillisAgo").asLong(0) / 1e3,
                leads.isEmpty() ? "" : ", leads " + String.join(", ", leads));
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
