package dev.mortise.cli.run;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.input.JsonInput;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * Starts a run of a workflow.
 *
 * @since 0.1
 */
@Command(
        name = "run",
        description = "Starts a run of a workflow. The exit code is 1 when --wait saw it fail.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {RunListCommand.class, RunShowCommand.class})
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    // Not required as far as picocli is concerned, which would ask "run list" for it too.
    @Parameters(arity = "0..1", paramLabel = "WORKFLOW", description = "The workflow's name.")
    private @Nullable String workflow;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The run's input: a JSON object, @FILE to read it from a file, or - to read it from the "
                    + "standard input (${DEFAULT-VALUE}).")
    private String input = "{}";

    @Option(
            names = {"-w", "--wait"},
            description = "Wait until the run has ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = "How long to wait at most, as in ISO 8601 (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key never starts a second run; the first one is shown instead.")
    private @Nullable String idempotencyKey;

    @Override
    public Integer call() {
        if (workflow == null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "cli.workflow-missing",
                    "No workflow was named",
                    "Give the name of one; mortise workflow list shows which there are");
        }
        JsonNode body = JsonInput.object(input, System.in);
        Map<String, String> headers = idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey);
        try (ServerClient client = server.connect()) {
            JsonNode started = client.post(RunPaths.runsOf(workflow), body, headers);
            JsonNode run = wait ? RunWait.untilEnded(client, started, timeout) : started;
            output.show(run, () -> RunLines.one(run));
            return (RunLines.failed(run) ? ExitCode.FAILURE : ExitCode.OK).number();
        }
    }
}
