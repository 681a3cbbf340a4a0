package dev.mortise.cli.secret;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Changes a key. */
@Command(
        name = "rotate",
        description = {
            "Makes a new data key for the tenant, or with --master a new master key for the server.",
            "A change of the master key ends with --finish, once every node has the new one."
        })
final class SecretRotateCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @ArgGroup
    private final Which which = new Which();

    /** What is changed; the tenant's data key where nothing is said. */
    private static final class Which {
        @Option(names = "--master", description = "The server's master key.")
        private boolean master;

        @Option(names = "--finish", description = "End the change: the former master key opens nothing any more.")
        private boolean finish;
    }

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post("/api/v1/kernel/keys/" + path(), Map.of());
            output.show(answer, () -> List.of(answer.path("next").asString()));
        }
        return ExitCode.OK.number();
    }

    private String path() {
        if (which.finish) {
            return "master/rotation/end";
        }
        return which.master ? "master/rotation" : "data/rotation";
    }
}
