package dev.mortise.cli.plugin;

import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How plugins are shown to people. */
final class PluginLines {
    private PluginLines() {}

    static List<String> installed(JsonNode answer) {
        Table table = new Table("ID", "VERSION", "STATE", "ROLLBACK TO", "EXTENSIONS", "DESCRIPTION");
        List<String> problems = new ArrayList<>();
        for (JsonNode plugin : answer.path("items")) {
            String id = plugin.path("id").asString("");
            table.row(
                    id,
                    plugin.path("version").asString(""),
                    state(plugin),
                    plugin.path("rollbackVersion").asString("-"),
                    String.valueOf(plugin.path("extensions").size()),
                    plugin.path("description").asString(""));
            String problem = plugin.path("problem").asString("");
            if (!problem.isEmpty()) {
                problems.add(id + ": " + problem);
            }
        }
        if (answer.path("items").isEmpty()) {
            return List.of("No plugins are installed; see what there is with: mortise plugin list --available");
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(problems);
        return lines;
    }

    static List<String> available(JsonNode answer) {
        Table table = new Table("ID", "VERSION", "SIZE", "DESCRIPTION");
        for (JsonNode plugin : answer.path("items")) {
            table.row(
                    plugin.path("id").asString(""),
                    plugin.path("version").asString(""),
                    size(plugin.path("sizeBytes").asLong(0)),
                    plugin.path("description").asString(""));
        }
        return table.lines();
    }

    /** Returns one sentence that says where a plugin stands after a change. */
    static List<String> changed(JsonNode plugin) {
        String problem = plugin.path("problem").asString("");
        String sentence =
                plugin.path("id").asString("") + " " + plugin.path("version").asString("") + " is " + state(plugin);
        return List.of(problem.isEmpty() ? sentence : sentence + ": " + problem);
    }

    private static String state(JsonNode plugin) {
        return plugin.path("state").asString("").toLowerCase(Locale.ROOT);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
