package dev.mortise.cli.sandbox;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows what holds code of strangers on the server's node. */
@Command(
        name = "status",
        description = "Shows how strongly code of strangers is held on the node that answers, what is missing, and the"
                + " workers of each language.")
final class SandboxStatusCommand implements Callable<Integer> {
    private static final String WALLS = "/api/v1/sandbox/walls";

    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get(WALLS);
            output.show(answer, () -> lines(answer));
        }
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonNode walls) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "held by %s (the operator demands %s)%s",
                walls.path("level").asString("?"),
                walls.path("minimum").asString("?"),
                walls.path("runs").asBoolean(false) ? "" : "; nothing is run"));
        walls.path("gaps").forEach(gap -> lines.add("missing: " + gap.asString("")));
        for (JsonNode language : walls.path("languages")) {
            lines.add(String.format(
                    "%-14s %d ready, %d starting, %d lent, %d calls wait%s",
                    language.path("language").asString("?"),
                    language.path("ready").asInt(0),
                    language.path("starting").asInt(0),
                    language.path("lent").asInt(0),
                    language.path("waiting").asInt(0),
                    language.path("failure").isString()
                            ? "; last start failed: " + language.path("failure").asString("")
                            : ""));
        }
        return lines;
    }
}
