package dev.mortise.dist.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the document.
 *
 * @param id the operation's id
 * @param method the HTTP method in capitals
 * @param path the template, such as {@code /api/v1/kernel/roles/{name}}
 * @param parameters as the document has them, references followed
 * @param body the schema of its JSON body; a missing node where it takes none
 * @param isOpen whether it serves callers without credentials
 */
public record Operation(
        String id, String method, String path, List<JsonNode> parameters, JsonNode body, boolean isOpen) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head");

    /** With a thing that exists, these end the server, a plugin or the key that the test works with. */
    private static final Set<String> FATAL =
            Set.of("/api/v1/kernel/plugins", "/api/v1/kernel/nodes", "/api/v1/kernel/api-keys");

    /** Reads all operations of a document. */
    public static List<Operation> of(JsonNode document) {
        List<Operation> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> all.add(read(document, path.getKey(), entry.getKey(), entry.getValue()))));
        return all;
    }

    private static Operation read(JsonNode document, String path, String method, JsonNode operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> parameters.add(resolved(document, parameter)));
        JsonNode schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        boolean isOpen = operation.has("x-open-to-all")
                || (operation.path("security").isArray()
                        && operation.path("security").isEmpty());
        return new Operation(
                operation.path("operationId").asString(),
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                List.copyOf(parameters),
                schema,
                isOpen);
    }

    /** Follows a reference inside of the document. */
    public static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    public boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    boolean mayMeetWhatExists() {
        return isReading() || FATAL.stream().noneMatch(path::startsWith);
    }

    public List<JsonNode> in(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asString().equals(place))
                .toList();
    }
}
