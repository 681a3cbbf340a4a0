package dev.mortise.dist.contract;

import dev.mortise.dist.fuzz.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether answers are described, and lists are pages, as the document says. */
final class ListRules {
    /** Lists that are given whole, and why they stay short. */
    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry("kernel.permissions.list", "declared in the code of the running plugins"),
            Map.entry("kernel.plugins.list", "what fits into one server fits into one answer"),
            Map.entry("kernel.catalogue.list", "jars that an operator has laid in one folder, read as a whole"),
            Map.entry("kernel.nodes.list", "the machines on one database"),
            Map.entry("kernel.jobs.states", "one for each state and handler in the code of plugins"),
            Map.entry("kernel.events.subscriptions", "one for each handler in the code of plugins"),
            Map.entry("kernel.audit.keys", "one pair seals for the whole server"),
            Map.entry("kernel.limits.show", "the configuration's, and a hundred of the tenant's at most"),
            Map.entry("kernel.limits.replace", "the configuration's, and a hundred of the tenant's at most"),
            Map.entry("automatrix.templates.list", "brought along in the jars of the running profiles"));

    /** Answers that no schema of ours describes, and why. */
    private static final Map<String, String> OPEN = Map.of(
            "kernel.plugins.schema", "a JSON Schema that the plugin has made",
            "kernel.tenant.schema", "a JSON Schema that the plugin has made",
            "kernel.me.preferences", "whatever the console keeps there",
            "kernel.me.setPreferences", "whatever the console keeps there");

    private final JsonNode document;

    ListRules(JsonNode document) {
        this.document = document;
    }

    /** Returns what is wrong, in words. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        TreeSet<String> unused = new TreeSet<>(WHOLE.keySet());
        unused.addAll(OPEN.keySet());
        for (Operation operation : Operation.of(document)) {
            for (JsonNode schema : answers(operation)) {
                if (isOpen(schema)) {
                    unused.remove(operation.id());
                    if (!OPEN.containsKey(operation.id())) {
                        found.add(operation.id() + " does not say what it answers: add @Answer or a type");
                    }
                } else if (isList(schema) && !isPaged(operation)) {
                    unused.remove(operation.id());
                    if (!WHOLE.containsKey(operation.id())) {
                        found.add(operation.id() + " answers a list and is not paged: return a Page, take limit and"
                                + " after; or give the reason here why the list stays short");
                    }
                } else if (isList(schema) && !schema.path("properties").has("next")) {
                    found.add(operation.id() + " takes a cursor and answers something else than a Page");
                }
            }
        }
        unused.forEach(id -> found.add(id + " is an exception that nothing needs"));
        return found;
    }

    /** Returns whether the operation answers a list part by part. */
    static boolean isPaged(Operation operation) {
        List<String> names = operation.in("query").stream()
                .map(parameter -> parameter.path("name").asString())
                .toList();
        return operation.isReading() && names.containsAll(List.of("limit", "after"));
    }

    private List<JsonNode> answers(Operation operation) {
        List<JsonNode> schemas = new ArrayList<>();
        document
                .path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .properties()
                .stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> response.getValue().path("content").path("application/json"))
                .filter(content -> !content.isMissingNode())
                .forEach(content -> schemas.add(Operation.resolved(document, content.path("schema"))));
        return schemas;
    }

    private static boolean isOpen(JsonNode schema) {
        return schema.isEmpty();
    }

    private static boolean isList(JsonNode schema) {
        return isArray(schema) || isArray(schema.path("properties").path("items"));
    }

    private static boolean isArray(JsonNode schema) {
        return schema.path("type").asString("").equals("array");
    }
}
