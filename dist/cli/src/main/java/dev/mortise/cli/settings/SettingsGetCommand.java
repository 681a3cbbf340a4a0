package dev.mortise.cli.settings;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what holds. */
@Command(name = "get", description = "Shows the settings that hold, or one of them, or the schema of what is known.")
final class SettingsGetCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SettingsTarget target = new SettingsTarget();

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One setting.")
    private @Nullable String name;

    @Option(names = "--schema", description = "Show the schema (JSON Schema 2020-12) instead.")
    private boolean schema;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get(target.path() + (schema ? "/schema" : ""));
            if (schema) {
                output.show(answer, () -> List.of(answer.toPrettyString()));
            } else if (name == null) {
                output.show(answer, () -> SettingsLines.of(answer));
            } else {
                JsonNode value = value(answer, name);
                output.show(value, () -> List.of(SettingsLines.text(value)));
            }
        }
        return ExitCode.OK.number();
    }

    private JsonNode value(JsonNode answer, String wanted) {
        JsonNode value = answer.path("effective").path(wanted);
        if (value.isMissingNode()) {
            throw new CliException(
                    ExitCode.FAILURE,
                    "cli.setting-not-set",
                    "\"" + wanted + "\" of " + target.plugin() + " is not set; it has the plugin's own default",
                    "mortise settings get " + target.plugin() + " --schema shows what can be set");
        }
        return value;
    }
}
