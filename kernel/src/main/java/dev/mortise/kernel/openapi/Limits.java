package dev.mortise.kernel.openapi;

import dev.mortise.api.http.Limited;
import java.lang.reflect.AnnotatedElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@link Limited} in the words of JSON Schema. */
final class Limits {
    private Limits() {}

    static ObjectNode add(AnnotatedElement declaration, ObjectNode schema) {
        Limited limited = declaration.getAnnotation(Limited.class);
        if (limited == null) {
            return schema;
        }
        String subject = subject(schema.path("type"));
        if (limited.min() != Long.MIN_VALUE) {
            schema.put(subject.isEmpty() ? "minimum" : "min" + subject, limited.min());
        }
        if (limited.max() != Long.MAX_VALUE) {
            schema.put(subject.isEmpty() ? "maximum" : "max" + subject, limited.max());
        }
        return limited.pattern().isEmpty() ? schema : schema.put("pattern", "^(?:" + limited.pattern() + ")$");
    }

    private static String subject(JsonNode type) {
        String name = type.isArray() ? type.path(0).asString() : type.asString("");
        return switch (name) {
            case "string" -> "Length";
            case "array" -> "Items";
            case "object" -> "Properties";
            default -> "";
        };
    }
}
