package dev.mortise.cli.node;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the nodes on the server's database. */
@Command(
        name = "list",
        description = "Lists the nodes: state, version, age of the last beat, plugins that differ, leader of what.")
final class NodeListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--all", description = "List those that are gone as well.")
    private boolean all;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get(NodeLines.PATH);
            output.show(answer, () -> NodeLines.listed(answer, all));
        }
        return ExitCode.OK.number();
    }
}
