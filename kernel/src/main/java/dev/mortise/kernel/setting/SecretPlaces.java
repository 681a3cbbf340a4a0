package dev.mortise.kernel.setting;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the values that a schema marks with {@code x-secret}. Where a schema has alternatives it takes all of them: it
 * may find too much, never too little.
 */
final class SecretPlaces {
    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf", "then", "else");

    private final Set<JsonPointer> found = new HashSet<>();
    private final ObjectNode root;

    private SecretPlaces(ObjectNode root) {
        this.root = root;
    }

    static Set<JsonPointer> in(ObjectNode schema, JsonNode values) {
        SecretPlaces places = new SecretPlaces(schema);
        places.visit(schema, values, JsonPointer.empty());
        return places.found;
    }

    private void visit(JsonNode schema, JsonNode value, JsonPointer at) {
        visit(schema, value, at, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** @param seen the schemas that this value was held against already, which ends references that go round */
    private void visit(JsonNode schema, JsonNode value, JsonPointer at, Set<JsonNode> seen) {
        if (!schema.isObject() || !seen.add(schema)) {
            return;
        }
        if (!at.matches() && schema.path(RecordSchema.SECRET).asBoolean(false)) {
            leaves(value, at);
            return;
        }
        alternatives(schema, value, at, seen);
        if (value.isObject()) {
            value.properties().forEach(each -> property(schema, each.getKey(), each.getValue(), at));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visit(schema.path("prefixItems").path(i), value.get(i), at.appendIndex(i));
                visit(schema.path("items"), value.get(i), at.appendIndex(i));
            }
        }
    }

    /** A mark at a list or an object is about each text in it. */
    private void leaves(JsonNode value, JsonPointer at) {
        if (value.isObject()) {
            value.properties().forEach(each -> leaves(each.getValue(), at.appendProperty(each.getKey())));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                leaves(value.get(i), at.appendIndex(i));
            }
        } else {
            found.add(at);
        }
    }

    private void alternatives(JsonNode schema, JsonNode value, JsonPointer at, Set<JsonNode> seen) {
        String reference = schema.path("$ref").asString("");
        if (reference.startsWith("#/") || reference.equals("#")) {
            visit(root.at(reference.substring(1)), value, at, seen);
        }
        for (String keyword : ALTERNATIVES) {
            JsonNode alternative = schema.path(keyword);
            if (alternative.isArray()) {
                alternative.forEach(each -> visit(each, value, at, seen));
            } else if (alternative.isObject()) {
                visit(alternative, value, at, seen);
            }
        }
    }

    private void property(JsonNode schema, String name, JsonNode value, JsonPointer at) {
        JsonPointer inner = at.appendProperty(name);
        JsonNode declared = schema.path("properties").path(name);
        if (declared.isObject()) {
            visit(declared, value, inner);
        } else {
            visit(schema.path("additionalProperties"), value, inner);
        }
        schema.path("patternProperties").forEach(each -> visit(each, value, inner));
    }
}
