package dev.mortise.cli.settings;

import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Settings as lines for people. */
final class SettingsLines {
    private SettingsLines() {}

    /** Returns what holds, where it comes from, and what was set and does not hold. */
    static List<String> of(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        JsonNode effective = answer.path("effective");
        if (effective.isEmpty()) {
            lines.add("Nothing is set; everything has the plugin's own default");
        } else {
            Table table = new Table("NAME", "VALUE", "FROM");
            effective
                    .properties()
                    .forEach(each -> table.row(
                            each.getKey(),
                            text(each.getValue()),
                            answer.path("sources").path(each.getKey()).asString("-")));
            lines.addAll(table.lines());
        }
        answer.path("problems")
                .forEach(problem ->
                        lines.add("does not hold: " + problem.path("path").asString("") + " (set for the "
                                + problem.path("source").asString("") + "): "
                                + problem.path("message").asString("")));
        return lines;
    }

    /** Returns one sentence about a change. */
    static List<String> changed(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        lines.add("The settings of " + answer.path("plugin").asString("") + " are at version "
                + answer.path("version").asString(""));
        answer.path("problems")
                .forEach(problem ->
                        lines.add("does not hold: " + problem.path("path").asString("") + ": "
                                + problem.path("message").asString("")));
        return lines;
    }

    static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
