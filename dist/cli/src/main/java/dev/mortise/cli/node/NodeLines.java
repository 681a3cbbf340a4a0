package dev.mortise.cli.node;

import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How nodes are shown to people. */
final class NodeLines {
    static final String PATH = "/api/v1/kernel/nodes";
    private static final int ID_SHOWN = 8;

    private NodeLines() {}

    static List<String> listed(JsonNode answer, boolean all) {
        Table table = new Table("ID", "NAME", "STATE", "VERSION", "LAST BEAT", "PLUGINS", "LEADS", "URL");
        List<String> differences = new ArrayList<>();
        for (JsonNode node : answer.path("items")) {
            String state = node.path("state").asString("");
            if (all || !state.equals("GONE")) {
                String name = node.path("name").asString("");
                table.row(
                        all ? node.path("id").asString("") : shortId(node),
                        name + (node.path("self").asBoolean(false) ? " *" : ""),
                        state.toLowerCase(Locale.ROOT),
                        node.path("version").asString(""),
                        age(node.path("heardMillisAgo").asLong(0)),
                        String.valueOf(node.path("plugins").asInt(0)),
                        leads(node),
                        node.path("url").asString(""));
                node.path("differs")
                        .properties()
                        .forEach(each -> differences.add(name + ": " + each.getKey() + ": "
                                + each.getValue().asString("")));
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(differences);
        return lines;
    }

    private static String shortId(JsonNode node) {
        String id = node.path("id").asString("");
        return id.length() > ID_SHOWN ? id.substring(0, ID_SHOWN) : id;
    }

    private static String leads(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.path("leads").forEach(each -> names.add(each.asString("")));
        return names.isEmpty() ? "-" : String.join(",", names);
    }

    private static String age(long millis) {
        return String.format(Locale.ROOT, "%.1f s ago", millis / 1e3);
    }
}
