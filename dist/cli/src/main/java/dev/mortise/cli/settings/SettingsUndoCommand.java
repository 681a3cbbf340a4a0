package dev.mortise.cli.settings;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Brings an older version back. */
@Command(
        name = "undo",
        description = "Brings back what was set before the last change, or in a given version, as a new version.")
final class SettingsUndoCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SettingsTarget target = new SettingsTarget();

    @Option(names = "--to", paramLabel = "VERSION", description = "The version to bring back; 0 for nothing set.")
    private @Nullable Long to;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            long now = client.get(target.path()).path("version").asLong(0);
            if (now == 0) {
                throw new CliException(
                        ExitCode.FAILURE,
                        "cli.settings-never-set",
                        "Nothing of " + target.plugin() + " was ever set",
                        "mortise settings history " + target.plugin() + " lists what was");
            }
            long version = to == null ? now - 1 : to;
            // Somebody else's change in between is not undone unseen.
            JsonNode answer = client.post(
                    target.path() + "/history/" + version + "/restore", "", Map.of("If-Match", "\"" + now + "\""));
            output.show(answer, () -> SettingsLines.changed(answer));
        }
        return ExitCode.OK.number();
    }
}
