package dev.mortise.cli.job;

import dev.mortise.cli.output.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Where jobs are served, and how they are shown to people. */
final class JobLines {
    static final String PATH = "/api/v1/kernel/jobs";

    private JobLines() {}

    static String path(String id) {
        return PATH + "/" + encoded(id);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static List<String> listed(JsonNode answer) {
        Table table = new Table("ID", "HANDLER", "STATE", "TRY", "DUE", "ERROR");
        answer.path("items")
                .forEach(job -> table.row(
                        text(job, "id"),
                        text(job, "handler"),
                        text(job, "state").toLowerCase(Locale.ROOT),
                        text(job, "attempt"),
                        text(job, "runAt"),
                        text(job.path("failure"), "code")));
        return table.lines(answer);
    }

    static List<String> shown(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("job")
                .properties()
                .forEach(field -> lines.add(field.getKey() + ": "
                        + field.getValue().asString(field.getValue().toString())));
        lines.add("payload: " + answer.path("payload"));
        return lines;
    }

    static List<String> changed(JsonNode job) {
        return List.of("Job " + text(job, "id") + " is " + text(job, "state").toLowerCase(Locale.ROOT));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? "" : value.asString(value.toString());
    }
}
