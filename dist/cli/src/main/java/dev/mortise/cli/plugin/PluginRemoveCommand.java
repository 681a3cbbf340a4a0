package dev.mortise.cli.plugin;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Removes a plugin. */
@Command(name = "remove", description = "Stops a plugin and removes its jars; its data stays in the database.")
final class PluginRemoveCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "ID", description = "The plugin's id.")
    private String id = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.delete(PluginPath.of(id));
            output.show(answer, () -> List.of(id + " was removed"));
        }
        return ExitCode.OK.number();
    }
}
