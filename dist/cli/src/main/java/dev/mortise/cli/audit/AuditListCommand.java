package dev.mortise.cli.audit;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.output.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists entries, the newest first. */
@Command(name = "list", description = "Lists what is on record, the newest first.")
final class AuditListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", defaultValue = "50", description = "At most so many, up to 500 (${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Go on behind a page: the \"next\" that it said.")
    private String after = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            String query = filter.query(Map.of("limit", String.valueOf(limit), "after", after));
            JsonNode answer = client.get("/api/v1/kernel/audit?" + query);
            output.show(answer, () -> lines(answer));
        }
        return ExitCode.OK.number();
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("SEQ", "TIME", "ACTOR", "OUTCOME", "ACTION", "TARGET");
        for (JsonNode entry : answer.path("items")) {
            table.row(
                    entry.path("seq").asString(),
                    entry.path("at").asString(),
                    shown(entry, "actor"),
                    shown(entry, "outcome"),
                    shown(entry, "action"),
                    shown(entry, "target"));
        }
        return table.lines(answer);
    }

    /** Control characters would let an entry write to the terminal. */
    private static String shown(JsonNode entry, String field) {
        return entry.path(field).asString().replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
    }
}
