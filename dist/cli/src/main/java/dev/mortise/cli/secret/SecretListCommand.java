package dev.mortise.cli.secret;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Lists the names. */
@Command(name = "list", description = "Lists the names of a plugin's secrets; values are never shown.")
final class SecretListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.getAll(SecretPath.of(plugin));
            output.show(answer, () -> lines(answer));
        }
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("NAME", "SET", "BY");
        for (JsonNode secret : answer.path("items")) {
            table.row(
                    secret.path("name").asString(),
                    secret.path("updatedAt").asString(),
                    secret.path("updatedBy").asString());
        }
        return table.lines();
    }
}
