package dev.mortise.cli.run;

import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How runs are shown to people, and what their state means. */
final class RunLines {
    private RunLines() {}

    static boolean failed(JsonNode run) {
        return run.path("state").asString("").equals("FAILED");
    }

    static boolean ended(JsonNode run) {
        return failed(run) || run.path("state").asString("").equals("SUCCEEDED");
    }

    static List<String> one(JsonNode run) {
        List<String> lines = new ArrayList<>();
        lines.add("run " + text(run, "id") + " of " + text(run, "workflow") + " (version " + text(run, "version")
                + ") is " + state(run));
        JsonNode error = run.path("error");
        if (error.isObject()) {
            lines.add(
                    "  step " + text(error, "step") + ": " + text(error, "message") + " (" + text(error, "code") + ")");
        }
        if (!run.path("output").isMissingNode() && !run.path("output").isNull()) {
            lines.addAll(run.path("output").toPrettyString().lines().toList());
        }
        return lines;
    }

    static List<String> list(JsonNode answer) {
        Table table = new Table("ID", "WORKFLOW", "VERSION", "STATE", "CREATED", "ENDED");
        for (JsonNode run : answer.path("items")) {
            table.row(
                    text(run, "id"),
                    text(run, "workflow"),
                    text(run, "version"),
                    state(run),
                    text(run, "createdAt"),
                    text(run, "endedAt"));
        }
        return table.lines(answer);
    }

    static List<String> steps(JsonNode answer) {
        Table table = new Table("STEP", "ATTEMPT", "STATE", "STARTED", "ENDED", "ERROR");
        for (JsonNode step : answer.path("items")) {
            table.row(
                    text(step, "step"),
                    text(step, "attempt"),
                    state(step),
                    text(step, "startedAt"),
                    text(step, "endedAt"),
                    step.path("error").path("message").asString("-"));
        }
        return table.lines();
    }

    private static String state(JsonNode run) {
        return text(run, "state").toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("-");
    }
}
