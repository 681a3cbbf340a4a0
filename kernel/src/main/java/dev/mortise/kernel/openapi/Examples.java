package dev.mortise.kernel.openapi;

import dev.mortise.api.http.Example;
import java.lang.reflect.AnnotatedElement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@link Example} as JSON. */
final class Examples {
    private Examples() {}

    static ObjectNode add(AnnotatedElement declaration, ObjectNode schema) {
        Example example = declaration.getAnnotation(Example.class);
        if (example != null) {
            schema.putArray("examples").add(value(example.value()));
        }
        return schema;
    }

    private static JsonNode value(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException notJson) {
            return JsonMapper.shared().getNodeFactory().stringNode(text);
        }
    }
}
