package dev.mortise.dist.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bodies for a schema: good ones, and good ones that were damaged in one place. */
final class Bodies {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 5;

    private final JsonNode document;
    private final Random random;
    private final Hostile hostile;

    Bodies(JsonNode document, Random random, Hostile hostile) {
        this.document = document;
        this.random = random;
        this.hostile = hostile;
    }

    /** Returns a value that the schema allows, as far as a simple reader of schemas can tell. */
    JsonNode good(JsonNode schema) {
        return good(schema, 0);
    }

    private JsonNode good(JsonNode given, int depth) {
        JsonNode schema = Operation.resolved(document, given);
        for (String union : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.path(union).isArray() && !schema.path(union).isEmpty()) {
                JsonNode parts = schema.path(union);
                return good(parts.get(random.nextInt(parts.size())), depth + 1);
            }
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString() : type.asString("")) {
            case "object" -> object(schema, depth);
            case "array" ->
                depth > DEEPEST ? NODES.arrayNode() : NODES.arrayNode().add(good(schema.path("items"), depth + 1));
            case "integer", "number" -> NODES.numberNode(schema.path("minimum").asInt(1));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "null" -> NODES.nullNode();
            case "string" -> NODES.stringNode(string(schema));
            default -> schema.has("properties") ? object(schema, depth) : NODES.stringNode("word");
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth <= DEEPEST) {
            schema.path("properties")
                    .properties()
                    .forEach(property -> object.set(property.getKey(), good(property.getValue(), depth + 1)));
        }
        return object;
    }

    private String string(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" -> "2030-01-01T00:00:00Z";
            case "date" -> "2030-01-01";
            case "duration" -> "PT1M";
            case "uri" -> "https://example.com/";
            case "email" -> "somebody@example.com";
            default -> "word" + random.nextInt(1000);
        };
    }

    /** Returns a body that is wrong in one place, as bytes; sometimes it is no JSON any more. */
    byte[] damaged(JsonNode schema) {
        JsonNode body = good(schema);
        return switch (random.nextInt(12)) {
            case 0 -> JsonMapper.shared().writeValueAsBytes(hostile.value());
            case 1 -> new byte[0];
            case 2 -> "[".repeat(1 + random.nextInt(20_000)).getBytes(StandardCharsets.UTF_8);
            case 3 -> noise(JsonMapper.shared().writeValueAsBytes(body));
            case 4 -> ("\ufeff" + body).getBytes(StandardCharsets.UTF_16);
            case 5 -> withRepeatedKeys(body);
            default -> JsonMapper.shared().writeValueAsBytes(withOneWrongValue(body));
        };
    }

    private byte[] noise(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i < 1 + damaged.length / 20 && damaged.length > 0; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static byte[] withRepeatedKeys(JsonNode body) {
        String text = body.toString();
        if (!body.isObject() || body.isEmpty()) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return (text.substring(0, text.length() - 1) + "," + text.substring(1)).getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode withOneWrongValue(JsonNode body) {
        List<Runnable> changes = new ArrayList<>();
        collect(body, changes);
        if (changes.isEmpty()) {
            return hostile.value();
        }
        changes.get(random.nextInt(changes.size())).run();
        return body;
    }

    private void collect(JsonNode node, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            changes.add(() -> object.set(hostile.text(), hostile.value()));
            object.propertyNames().forEach(name -> {
                changes.add(() -> object.set(name, hostile.value()));
                changes.add(() -> object.put(name, hostile.text()));
                changes.add(() -> object.remove(name));
            });
        } else if (node instanceof ArrayNode array) {
            changes.add(() -> array.add(hostile.value()));
            changes.add(() -> {
                for (int i = 0; i < 3_000; i++) {
                    array.add(i);
                }
            });
        }
        node.forEach(child -> collect(child, changes));
    }
}
