package dev.mortise.kernel.openapi;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sealed types as {@code oneOf}. Where Jackson writes which alternative it is ({@code @JsonTypeInfo} with a property),
 * each alternative carries that property as a constant and the union has a discriminator (OpenAPI 3.1, section 4.8.25).
 */
final class Unions {
    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();

    private Unions() {}

    static ObjectNode of(Class<?> union, Schemas schemas) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode alternatives = schema.putArray("oneOf");
        @Nullable JsonTypeInfo info = Schemas.typeInfo(union);
        boolean tagged = info != null && info.include() == JsonTypeInfo.As.PROPERTY;
        for (Class<?> alternative : union.getPermittedSubclasses()) {
            ObjectNode reference = schemas.of(Shape.of(alternative));
            alternatives.add(
                    tagged && info != null && !alternative.isSealed()
                            ? tagged(reference, property(info), tagOf(union, alternative))
                            : reference);
        }
        if (tagged && info != null) {
            schema.putObject("discriminator").put("propertyName", property(info));
        }
        return schema;
    }

    private static String property(JsonTypeInfo info) {
        return info.property().isEmpty() ? info.use().getDefaultPropertyName() : info.property();
    }

    private static ObjectNode tagged(ObjectNode reference, String property, String tag) {
        ObjectNode both = JSON.objectNode();
        ObjectNode mark = both.putArray("allOf").add(reference).addObject().put("type", "object");
        mark.putObject("properties").putObject(property).put("type", "string").put("const", tag);
        mark.putArray("required").add(property);
        return both;
    }

    private static String tagOf(Class<?> union, Class<?> alternative) {
        JsonSubTypes listed = union.getAnnotation(JsonSubTypes.class);
        String inList = listed == null
                ? ""
                : Arrays.stream(listed.value())
                        .filter(type -> type.value() == alternative)
                        .map(JsonSubTypes.Type::name)
                        .findFirst()
                        .orElse("");
        JsonTypeName own = alternative.getAnnotation(JsonTypeName.class);
        if (!inList.isEmpty()) {
            return inList;
        }
        return own == null ? alternative.getSimpleName() : own.value();
    }
}
