package dev.mortise.cli.plugin;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the installed plugins, or those that could be installed. */
@Command(name = "list", description = "Lists the installed plugins, or with --available what the catalogue has.")
final class PluginListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--available", description = "List the server's catalogue instead.")
    private boolean available;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            if (available) {
                JsonNode answer = client.get("/api/v1/kernel/catalogue");
                output.show(answer, () -> PluginLines.available(answer));
            } else {
                JsonNode answer = client.get("/api/v1/kernel/plugins");
                output.show(answer, () -> PluginLines.installed(answer));
            }
        }
        return ExitCode.OK.number();
    }
}
