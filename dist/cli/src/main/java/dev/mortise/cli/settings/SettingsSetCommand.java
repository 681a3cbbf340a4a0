package dev.mortise.cli.settings;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sets values. */
@Command(
        name = "set",
        description = {
            "Sets values; those that are not named stay as they are. It holds at once, on all nodes.",
            "A value is JSON, or plain text where the setting is one. A secret is named, as secret:NAME."
        })
final class SettingsSetCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SettingsTarget target = new SettingsTarget();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME=VALUE", description = "A setting and its value.")
    private List<String> values = List.of();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode known = client.get(target.path() + "/schema").path("properties");
            ObjectNode patch = JsonMapper.shared().createObjectNode();
            values.forEach(each -> add(patch, known, each));
            JsonNode answer = client.mergePatch(target.path(), patch);
            output.show(answer, () -> SettingsLines.changed(answer));
        }
        return ExitCode.OK.number();
    }

    private static void add(ObjectNode patch, JsonNode known, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new CliException(
                    ExitCode.USAGE,
                    "cli.setting-malformed",
                    "\"" + assignment + "\" is not of the form NAME=VALUE",
                    "Give each setting as NAME=VALUE");
        }
        String name = assignment.substring(0, equals);
        String text = assignment.substring(equals + 1);
        boolean isText = known.path(name).path("type").asString("").equals("string");
        patch.set(name, isText ? JsonMapper.shared().getNodeFactory().stringNode(text) : value(text));
    }

    private static JsonNode value(String text) {
        try {
            JsonNode value = JsonMapper.shared().readTree(text);
            return value.isMissingNode() ? JsonMapper.shared().getNodeFactory().stringNode(text) : value;
        } catch (JacksonException plainText) {
            // What is no JSON is a text; the server says whether one fits.
            return JsonMapper.shared().getNodeFactory().stringNode(text);
        }
    }
}
