package dev.mortise.cli.node;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Asks a node to end its work and leave. */
@Command(
        name = "drain",
        description = "Asks a node to say that it is not ready, to end what runs, and to leave with 0.")
final class NodeDrainCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            paramLabel = "NODE",
            arity = "0..1",
            description =
                    "The node's id, the beginning of it, or its name; without one, the node that answers at the URL.")
    private String node = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            String id = find(client.get(NodeLines.PATH));
            JsonNode answer = client.post(NodeLines.PATH + "/" + id + "/drain", Map.of());
            output.show(
                    answer,
                    () -> List.of(answer.path("name").asString("") + " is asked to drain; see: mortise node list"));
        }
        return ExitCode.OK.number();
    }

    private String find(JsonNode answer) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : answer.path("items")) {
            String id = each.path("id").asString("");
            boolean gone = each.path("state").asString("").equals("GONE");
            boolean meant = node.isEmpty()
                    ? each.path("self").asBoolean(false)
                    : id.startsWith(node) || each.path("name").asString("").equals(node);
            if (meant && !gone) {
                found.add(id);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CliException(
                ExitCode.USAGE,
                "cli.node-unknown",
                found.isEmpty()
                        ? "No running node is called \"" + node + "\""
                        : found.size() + " nodes are called \"" + node + "\"",
                "Give the id that this shows: mortise node list");
    }
}
