package dev.mortise.cli.run;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one run. */
@Command(name = "show", description = "Shows a run, or with --steps every attempt of its steps.")
final class RunShowCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "ID", description = "The run's id.")
    private String id = "";

    @Option(names = "--steps", description = "Show the attempts of its steps instead.")
    private boolean steps;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            if (steps) {
                JsonNode answer = client.getAll(RunPaths.run(id) + "/steps");
                output.show(answer, () -> RunLines.steps(answer));
            } else {
                JsonNode answer = client.get(RunPaths.run(id));
                output.show(answer, () -> RunLines.one(answer));
            }
        }
        return ExitCode.OK.number();
    }
}
