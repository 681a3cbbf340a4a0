package dev.mortise.cli.job;

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

/** Cancels a job that has not ended. */
@Command(
        name = "cancel",
        description = "Cancels a job that has not ended; a run that goes on is interrupted and keeps nothing.")
final class JobCancelCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "ID", description = "The job's id, as listed.")
    private String id = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post(JobLines.path(id) + "/cancel", Map.of());
            output.show(answer, () -> JobLines.changed(answer));
        }
        return ExitCode.OK.number();
    }
}
