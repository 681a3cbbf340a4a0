package dev.mortise.cli.run;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists runs. */
@Command(name = "list", description = "Lists runs, the newest first.")
final class RunListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--workflow", paramLabel = "NAME", description = "Only runs of this workflow.")
    private @Nullable String workflow;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only runs in this state: queued, running, waiting, succeeded or failed.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many (${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where an earlier list ended.")
    private @Nullable String after;

    @Override
    public Integer call() {
        StringBuilder path = new StringBuilder(RunPaths.RUNS).append("?limit=").append(limit);
        append(path, "workflow", workflow);
        append(path, "state", state == null ? null : state.toUpperCase(Locale.ROOT));
        append(path, "after", after);
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get(path.toString());
            output.show(answer, () -> RunLines.list(answer));
        }
        return ExitCode.OK.number();
    }

    private static void append(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(RunPaths.encode(value));
        }
    }
}
