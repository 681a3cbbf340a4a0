package dev.mortise.cli.run;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Waits for the end of a run by asking the server to hold its answer back. */
final class RunWait {
    private static final long LONGEST_SECONDS = 10;

    private RunWait() {}

    static JsonNode untilEnded(ServerClient client, JsonNode started, Duration timeout) {
        String id = started.path("id").asString("");
        Instant deadline = Instant.now().plus(timeout);
        JsonNode run = started;
        while (!RunLines.ended(run)) {
            long left = Duration.between(Instant.now(), deadline).toSeconds();
            if (left < 0) {
                throw new CliException(
                        ExitCode.FAILURE,
                        "cli.wait-over",
                        "The run " + id + " has not ended after " + timeout + "; it goes on",
                        "Look again with: mortise run show " + id);
            }
            run = client.get(RunPaths.run(id) + "?wait=PT" + Math.clamp(left, 1, LONGEST_SECONDS) + "S");
        }
        return run;
    }
}
