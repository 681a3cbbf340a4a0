package dev.mortise.cli.workflow;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the published workflows. */
@Command(name = "list", description = "Lists the published workflows.")
final class WorkflowListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.getAll("/api/v1/automatrix/workflows");
            output.show(answer, () -> lines(answer));
        }
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("NAME", "VERSION", "CREATED", "TITLE");
        for (JsonNode workflow : answer.path("items")) {
            table.row(
                    workflow.path("name").asString("-"),
                    workflow.path("version").asString("-"),
                    workflow.path("createdAt").asString("-"),
                    workflow.path("title").asString("-"));
        }
        return table.lines();
    }
}
