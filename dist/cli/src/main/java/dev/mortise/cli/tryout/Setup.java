package dev.mortise.cli.tryout;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes a running server ready for the inbox: installs the plugins, and publishes the workflow. */
final class Setup {
    private static final String PLUGINS = "/api/v1/kernel/plugins";
    private static final String TEMPLATE = "automotive/service-intake";

    private final ServerClient server;
    private final Progress progress;

    Setup(ServerClient server, Progress progress) {
        this.server = server;
        this.progress = progress;
    }

    InstallPlan plan() {
        InstallPlan plan = InstallPlan.of(server.get("/api/v1/kernel/catalogue"), server.get(PLUGINS));
        if (plan.steps().isEmpty() && server.get(PLUGINS).path("items").isEmpty()) {
            throw new CliException(
                    ExitCode.FAILURE,
                    "cli.catalogue-empty",
                    "The server's catalogue has no plugins",
                    "Use a whole distribution, with its folder catalogue");
        }
        return plan;
    }

    List<TryReport.Installed> install(InstallPlan plan) {
        progress.say("Installing plugins into the running server, one by one");
        List<TryReport.Installed> installed = new ArrayList<>();
        for (InstallPlan.Step step : plan.steps()) {
            long start = System.nanoTime();
            JsonNode status = server.post(PLUGINS, Map.of("id", step.id(), "version", step.version()));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            String state = status.path("state").asString("");
            if (!state.equals("RUNNING")) {
                throw new CliException(
                        ExitCode.PLUGIN_REFUSED,
                        "cli.plugin-not-running",
                        "The plugin " + step.id() + " " + step.version() + " was installed, but is " + state + ": "
                                + status.path("problem").asString("no reason given"),
                        "See the server's log");
            }
            progress.done(step.id() + " " + step.version(), took);
            installed.add(new TryReport.Installed(step.id(), step.version(), took.toMillis()));
        }
        return installed;
    }

    void publish() {
        long start = System.nanoTime();
        JsonNode workflow = server.post("/api/v1/automatrix/workflows", Map.of("template", TEMPLATE));
        progress.done(
                "workflow " + workflow.path("name").asString(TEMPLATE) + ", version "
                        + workflow.path("version").asString("1"),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
