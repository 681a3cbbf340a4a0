package dev.mortise.kernel.openapi;

import dev.mortise.api.http.BodyShape;
import dev.mortise.api.http.Described;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a resource method takes: parameters and the body. */
final class Parameters {
    private static final List<Class<?>> RAW =
            List.of(InputStream.class, byte[].class, Reader.class, File.class, String.class);

    private final Class<?> resource;
    private final Schemas schemas;

    Parameters(Class<?> resource, Schemas schemas) {
        this.resource = resource;
        this.schemas = schemas;
    }

    private record Place(String in, String name) {}

    /** A parameter of the method, or a field of a {@code @BeanParam}, which stand for the same. */
    private record Declared(AnnotatedElement declaration, AnnotatedType type) {
        static Stream<Declared> of(Parameter parameter) {
            return parameter.isAnnotationPresent(BeanParam.class)
                    ? Arrays.stream(parameter.getType().getDeclaredFields())
                            .map(field -> new Declared(field, field.getAnnotatedType()))
                    : Stream.of(new Declared(parameter, parameter.getAnnotatedType()));
        }

        Optional<Place> place() {
            return Parameters.place(declaration);
        }
    }

    List<ObjectNode> read(Method method, Map<String, String> inPath) {
        List<ObjectNode> described = new ArrayList<>();
        List<String> missing = new ArrayList<>(inPath.keySet());
        Arrays.stream(method.getParameters())
                .flatMap(Declared::of)
                .forEach(declared -> declared.place().ifPresent(place -> {
                    described.add(parameter(declared, place, inPath.getOrDefault(place.name(), "")));
                    if (place.in().equals("path")) {
                        missing.remove(place.name());
                    }
                }));
        // A path parameter that no method parameter reads is part of the path all the same.
        missing.forEach(name -> described.add(unread(name)));
        return described;
    }

    private static ObjectNode unread(String name) {
        ObjectNode parameter =
                JsonMapper.shared().createObjectNode().put("name", name).put("in", "path");
        parameter.put("required", true).putObject("schema").put("type", "string");
        return parameter;
    }

    private static Optional<Place> place(AnnotatedElement parameter) {
        PathParam inPath = parameter.getAnnotation(PathParam.class);
        QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
        HeaderParam inHeader = parameter.getAnnotation(HeaderParam.class);
        CookieParam inCookie = parameter.getAnnotation(CookieParam.class);
        if (inPath != null) {
            return Optional.of(new Place("path", inPath.value()));
        }
        if (inQuery != null) {
            return Optional.of(new Place("query", inQuery.value()));
        }
        if (inHeader != null) {
            return Optional.of(new Place("header", inHeader.value()));
        }
        return inCookie == null ? Optional.empty() : Optional.of(new Place("cookie", inCookie.value()));
    }

    private ObjectNode parameter(Declared declared, Place place, String expression) {
        AnnotatedElement parameter = declared.declaration();
        Shape shape = Shape.of(declared.type());
        DefaultValue standard = parameter.getAnnotation(DefaultValue.class);
        ObjectNode schema = schemas.annotated(parameter, shape.notNull());
        ObjectNode described =
                JsonMapper.shared().createObjectNode().put("name", place.name()).put("in", place.in());
        Described text = parameter.getAnnotation(Described.class);
        if (text != null) {
            described.put("description", text.value());
            schema.remove("description");
        }
        boolean optional = shape.nullable() || standard != null || shape.raw().isPrimitive() || shape.is(List.class);
        if (place.in().equals("path") || !optional) {
            described.put("required", true);
        }
        if (!expression.isEmpty()
                && !schema.has("pattern")
                && schema.path("type").asString("").equals("string")) {
            schema.put("pattern", "^(?:" + expression + ")$");
        }
        if (standard != null) {
            defaultValue(schema, standard.value());
        }
        return described.set("schema", schema);
    }

    private static void defaultValue(ObjectNode schema, String value) {
        switch (schema.path("type").asString("")) {
            case "integer" -> schema.put("default", Long.parseLong(value));
            case "number" -> schema.put("default", Double.parseDouble(value));
            case "boolean" -> schema.put("default", Boolean.parseBoolean(value));
            default -> schema.put("default", value);
        }
    }

    Optional<ObjectNode> body(Method method) {
        List<Parameter> fields = Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(FormParam.class))
                .toList();
        if (!fields.isEmpty()) {
            return Optional.of(form(fields));
        }
        return Arrays.stream(method.getParameters())
                .filter(Parameters::isBody)
                .findFirst()
                .map(parameter -> body(method, parameter));
    }

    private static boolean isBody(Parameter parameter) {
        return place(parameter).isEmpty()
                && !parameter.isAnnotationPresent(BeanParam.class)
                && !parameter.isAnnotationPresent(Context.class)
                && !parameter.isAnnotationPresent(Suspended.class)
                && !parameter.isAnnotationPresent(MatrixParam.class);
    }

    private ObjectNode form(List<Parameter> fields) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("required", true);
        ObjectNode schema = body.putObject("content")
                .putObject("application/x-www-form-urlencoded")
                .putObject("schema")
                .put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonMapper.shared().createArrayNode();
        for (Parameter field : fields) {
            Shape shape = Shape.of(field.getAnnotatedType());
            String name = field.getAnnotation(FormParam.class).value();
            properties.set(name, schemas.annotated(field, shape.notNull()));
            if (!shape.nullable() && !field.isAnnotationPresent(DefaultValue.class)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return body;
    }

    private ObjectNode body(Method method, Parameter parameter) {
        Shape shape = Shape.of(parameter.getAnnotatedType());
        BodyShape declared = parameter.getAnnotation(BodyShape.class);
        boolean raw = declared == null && RAW.contains(shape.raw());
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (!shape.nullable()) {
            body.put("required", true);
        }
        Described text = parameter.getAnnotation(Described.class);
        if (text != null) {
            body.put("description", text.value());
        }
        ObjectNode content = body.putObject("content");
        for (String media : mediaTypes(method, raw)) {
            ObjectNode schema = raw
                    ? JsonMapper.shared().createObjectNode()
                    : schemas.of(declared == null ? shape.notNull() : Shape.of(declared.value()));
            content.putObject(media).set("schema", Examples.add(parameter, schema));
        }
        return body;
    }

    private List<String> mediaTypes(Method method, boolean raw) {
        Consumes onMethod = method.getAnnotation(Consumes.class);
        @Nullable Consumes consumes = onMethod == null ? resource.getAnnotation(Consumes.class) : onMethod;
        if (consumes == null || consumes.value()[0].equals("*/*")) {
            return List.of(raw ? "application/octet-stream" : "application/json");
        }
        return List.of(consumes.value());
    }
}
