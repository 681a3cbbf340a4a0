package dev.mortise.cli.secret;

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

/** Deletes a secret. */
@Command(name = "delete", description = "Deletes a secret of a plugin.")
final class SecretDeleteCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The secret's name.")
    private String name = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.delete(SecretPath.of(plugin, name));
            output.show(answer, () -> List.of(plugin + " has no secret " + name + " any more"));
        }
        return ExitCode.OK.number();
    }
}
