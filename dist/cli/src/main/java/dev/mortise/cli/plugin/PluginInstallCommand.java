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

/** Installs plugins, one after the other, and stops at the first that is refused. */
@Command(
        name = "install",
        description = "Installs plugins into the running server and starts them, in the order given.")
final class PluginInstallCommand implements Callable<Integer> {
    private static final String PLUGINS = "/api/v1/kernel/plugins";

    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PLUGIN",
            description = "An id of the catalogue, ID@VERSION, or the path of a jar.")
    private List<String> plugins = List.of();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            for (String plugin : plugins) {
                JsonNode answer = switch (PluginSource.parse(plugin)) {
                    case PluginSource.Jar(var file) -> client.postJar(PLUGINS, file);
                    case PluginSource.Catalogue named -> client.post(PLUGINS, named.body());
                };
                output.show(answer, () -> PluginLines.changed(answer));
            }
        }
        return ExitCode.OK.number();
    }
}
