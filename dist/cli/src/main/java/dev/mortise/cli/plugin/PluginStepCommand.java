package dev.mortise.cli.plugin;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Takes an installed plugin one step through its life; the steps differ in their name only. */
abstract class PluginStepCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "ID", description = "The plugin's id.")
    private String id = "";

    private final String step;

    private PluginStepCommand(String step) {
        this.step = step;
    }

    @Override
    public final Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post(PluginPath.of(id) + "/" + step, Map.of());
            output.show(answer, () -> PluginLines.changed(answer));
        }
        return ExitCode.OK.number();
    }

    /** Undoes an update. */
    @Command(name = "rollback", description = "Brings back the version that was active before the last update.")
    static final class Rollback extends PluginStepCommand {
        Rollback() {
            super("rollback");
        }
    }

    /** Ends a stop or a failure. */
    @Command(name = "start", description = "Starts a plugin that is stopped or has failed.")
    static final class Start extends PluginStepCommand {
        Start() {
            super("start");
        }
    }

    /** Takes a plugin out of service. */
    @Command(name = "stop", description = "Stops a plugin when its calls have ended; it stays installed.")
    static final class Stop extends PluginStepCommand {
        Stop() {
            super("stop");
        }
    }
}
