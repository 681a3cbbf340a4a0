package dev.mortise.cli.job;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists jobs. */
@Command(name = "list", description = "Lists jobs, newest first.")
final class JobListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those: scheduled, parked, running, succeeded, dead or cancelled.")
    private String state = "";

    @Option(names = "--handler", paramLabel = "NAME", description = "Only those of a handler.")
    private String handler = "";

    @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where an earlier list ended.")
    private String after = "";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 50 unless told.")
    private int limit = 50;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get(JobLines.PATH + "?limit=" + limit + given("state", state)
                    + given("handler", handler) + given("after", after));
            output.show(answer, () -> JobLines.listed(answer));
        }
        return ExitCode.OK.number();
    }

    private static String given(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + JobLines.encoded(value);
    }
}
