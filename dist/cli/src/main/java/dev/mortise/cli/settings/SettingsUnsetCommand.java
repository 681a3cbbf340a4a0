package dev.mortise.cli.settings;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes values back. */
@Command(
        name = "unset",
        description = "Takes values back: what the file says holds again, or for a tenant what the server has set.")
final class SettingsUnsetCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SettingsTarget target = new SettingsTarget();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "A setting.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        ObjectNode patch = JsonMapper.shared().createObjectNode();
        names.forEach(patch::putNull);
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.mergePatch(target.path(), patch);
            output.show(answer, () -> SettingsLines.changed(answer));
        }
        return ExitCode.OK.number();
    }
}
