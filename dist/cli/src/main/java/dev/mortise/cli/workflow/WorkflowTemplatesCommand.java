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

/** Lists the workflows that the installed industry profiles bring along. */
@Command(name = "templates", description = "Lists the workflows that the installed industry profiles bring along.")
final class WorkflowTemplatesCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get("/api/v1/automatrix/templates");
            output.show(answer, () -> lines(answer));
        }
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("TEMPLATE", "TITLE");
        for (JsonNode template : answer.path("items")) {
            table.row(
                    template.path("profile").asString("-") + "/"
                            + template.path("name").asString("-"),
                    template.path("title").asString("-"));
        }
        return table.lines();
    }
}
