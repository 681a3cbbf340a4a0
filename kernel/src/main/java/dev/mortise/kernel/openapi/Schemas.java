package dev.mortise.kernel.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.mortise.api.http.Described;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of one plugin, by name. Types that have a name of their own are described once and referred to, so types
 * may contain themselves.
 */
final class Schemas {
    static final String AT = "#/components/schemas/";

    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();

    private final ObjectNode components = JSON.objectNode();
    private final Map<Shape, String> names = new HashMap<>();
    private final String prefix;

    /** @param plugin begins every name, because two plugins may have types of the same name */
    Schemas(String plugin) {
        this.prefix = plugin + ".";
    }

    ObjectNode components() {
        return components;
    }

    /** Returns the schema of a value of that shape: in place, or as a reference. */
    ObjectNode of(Shape shape) {
        ObjectNode schema = notNull(shape.notNull());
        return shape.nullable() ? orNull(schema) : schema;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        JsonNode type = schema.path("type");
        if (type.isString() && !schema.has("enum")) {
            return schema.set("type", JSON.arrayNode().add(type.asString()).add("null"));
        }
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("oneOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private ObjectNode notNull(Shape shape) {
        @Nullable ObjectNode scalar = Scalars.of(shape.raw());
        if (scalar != null) {
            return scalar;
        }
        if (shape.is(JsonNode.class)) {
            return tree(shape.raw());
        }
        if (shape.is(Map.class)) {
            ObjectNode map = JSON.objectNode().put("type", "object");
            return map.set("additionalProperties", of(shape.argument(1)));
        }
        if (shape.is(Collection.class) || shape.raw().isArray()) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            return (shape.is(Set.class) ? list.put("uniqueItems", true) : list).set("items", of(shape.argument(0)));
        }
        return shape.raw() == Object.class ? JSON.objectNode() : reference(shape);
    }

    private static ObjectNode tree(Class<?> type) {
        ObjectNode any = JSON.objectNode();
        if (ObjectNode.class.isAssignableFrom(type)) {
            any.put("type", "object");
        } else if (ArrayNode.class.isAssignableFrom(type)) {
            any.put("type", "array");
        }
        return any;
    }

    private ObjectNode reference(Shape shape) {
        @Nullable String known = names.get(shape);
        if (known == null) {
            known = freeName(shape);
            names.put(shape, known);
            // The name is taken before the type is read, which may contain itself.
            components.set(known, JSON.objectNode());
            components.set(known, described(shape.raw(), named(shape)));
        }
        return JSON.objectNode().put("$ref", AT + known);
    }

    /** Returns the type's name, or with the class around it where another type has that name already. */
    private String freeName(Shape shape) {
        String simple = prefix + shape.name();
        Class<?> outer = shape.raw().getEnclosingClass();
        String longer = outer == null ? simple + "2" : prefix + outer.getSimpleName() + "." + shape.name();
        return !components.has(simple) ? simple : longer;
    }

    private ObjectNode named(Shape shape) {
        Class<?> type = shape.raw();
        if (type.isEnum()) {
            return enumeration(type);
        }
        if (type.isSealed()) {
            return Unions.of(type, this);
        }
        if (type.isRecord()) {
            return record(shape);
        }
        return bean(shape);
    }

    private static ObjectNode enumeration(Class<?> type) {
        ObjectNode schema = JSON.objectNode().put("type", "string");
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            values.add(constantName(type, (Enum<?>) constant));
        }
        return schema;
    }

    private static String constantName(Class<?> type, Enum<?> constant) {
        try {
            JsonProperty renamed = type.getField(constant.name()).getAnnotation(JsonProperty.class);
            // Jackson 3 writes enums by toString.
            return renamed == null || renamed.value().isEmpty() ? constant.toString() : renamed.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("An enum constant without a field: " + constant, e);
        }
    }

    private ObjectNode record(Shape shape) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (RecordComponent component : shape.raw().getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                continue;
            }
            Shape value = shape.resolve(component.getAnnotatedType());
            String name = propertyName(component.getAccessor(), component.getName());
            properties.set(name, annotated(component, value));
            if (!value.nullable()) {
                required.add(name);
            }
        }
        return required.isEmpty() ? schema : schema.set("required", required);
    }

    /** Returns the schema of a value with what annotations at its declaration add. */
    ObjectNode annotated(AnnotatedElement declaration, Shape value) {
        return described(declaration, Limits.add(declaration, of(value)));
    }

    private static ObjectNode described(AnnotatedElement declaration, ObjectNode schema) {
        Described text = declaration.getAnnotation(Described.class);
        if (text != null) {
            schema.put("description", text.value());
        }
        return Examples.add(declaration, schema);
    }

    private static String propertyName(Method accessor, String name) {
        JsonProperty renamed = accessor.getAnnotation(JsonProperty.class);
        return renamed == null || renamed.value().isEmpty() ? name : renamed.value();
    }

    /** Describes a class that is no record by its getters, as Jackson would write it. */
    private ObjectNode bean(Shape shape) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = JSON.objectNode();
        Arrays.stream(shape.raw().getMethods())
                .filter(Schemas::isGetter)
                .sorted(Comparator.comparing(Method::getName))
                .forEach(getter -> properties.set(
                        propertyName(getter, beanName(getter.getName())),
                        annotated(getter, shape.resolve(getter.getAnnotatedReturnType()))));
        return properties.isEmpty() ? schema : schema.set("properties", properties);
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass() != Object.class
                && !method.isAnnotationPresent(JsonIgnore.class)
                && method.getName().matches("get[A-Z].*|is[A-Z].*");
    }

    private static String beanName(String getter) {
        int start = getter.startsWith("is") ? 2 : 3;
        return Character.toLowerCase(getter.charAt(start)) + getter.substring(start + 1);
    }

    static @Nullable JsonTypeInfo typeInfo(Class<?> union) {
        return union.getAnnotation(JsonTypeInfo.class);
    }
}
