package dev.mortise.cli.settings;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.output.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists versions. */
@Command(name = "history", description = "Lists what was set before, the newest version first.")
final class SettingsHistoryCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SettingsTarget target = new SettingsTarget();

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many versions, 1 to 200 (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where an earlier list ended.")
    private String after = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            String behind = after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
            JsonNode answer = client.get(target.path() + "/history?limit=" + limit + behind);
            output.show(answer, () -> lines(answer));
        }
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("VERSION", "AT", "BY", "RESTORED", "VALUES");
        for (JsonNode version : answer.path("items")) {
            table.row(
                    version.path("version").asString("-"),
                    version.path("at").asString("-"),
                    version.path("by").asString("-"),
                    version.path("restored").asString("-"),
                    version.path("values").toString());
        }
        return answer.path("items").isEmpty() ? List.of("Nothing was ever set") : table.lines(answer);
    }
}
