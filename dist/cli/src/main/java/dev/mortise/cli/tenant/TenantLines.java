package dev.mortise.cli.tenant;

import dev.mortise.cli.output.Table;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Tenants as lines for people. */
final class TenantLines {
    private TenantLines() {}

    static List<String> list(JsonNode answer) {
        Table table = new Table("NAME", "STATE", "ID", "CREATED", "DISPLAY NAME");
        answer.path("items")
                .forEach(tenant -> table.row(
                        text(tenant, "name"),
                        state(tenant),
                        text(tenant, "id"),
                        text(tenant, "createdAt").replaceFirst("T.*", ""),
                        text(tenant, "displayName")));
        return table.lines();
    }

    static List<String> created(JsonNode tenant) {
        return List.of(
                "Tenant " + text(tenant, "name") + " is " + text(tenant, "id"),
                "Its first key, shown this once: " + text(tenant, "apiKey"));
    }

    static List<String> changed(JsonNode tenant) {
        String until = text(tenant, "eraseAfter");
        String line = text(tenant, "name") + " is " + state(tenant);
        return until.isEmpty()
                ? List.of(line)
                : List.of(
                        line + "; its rows are erased after " + until,
                        "Until then `mortise tenant resume " + text(tenant, "name") + "` takes it back");
    }

    private static String state(JsonNode tenant) {
        return text(tenant, "state").toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode tenant, String field) {
        return tenant.path(field).asString("");
    }
}
