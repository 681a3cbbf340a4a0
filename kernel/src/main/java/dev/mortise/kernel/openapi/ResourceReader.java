package dev.mortise.kernel.openapi;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the resource classes of one plugin into their part of the API's description.
 *
 * @param plugin the plugin's id
 * @param basePath where its resources are mounted, such as {@code /api/v1/automatrix/}
 */
public record ResourceReader(String plugin, String basePath) {
    /** A path parameter, with or without a regular expression, which may have braces of its own. */
    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*([\\w.-]+)\\s*(?::((?:[^{}]|\\{[^{}]*\\})*))?\\}");

    /**
     * Returns {@code {"paths": {…}, "schemas": {…}}}, in an order that does not depend on anything but the classes. The
     * result refers to no class.
     */
    public ObjectNode read(List<? extends Class<?>> resources) {
        Schemas schemas = new Schemas(plugin);
        Map<String, ObjectNode> paths = new TreeMap<>();
        Set<String> operationIds = new HashSet<>();
        resources.stream().sorted(Comparator.comparing(Class::getName)).forEach(resource -> {
            OperationReader operations = new OperationReader(plugin, resource, schemas, operationIds);
            methods(resource)
                    .forEach(method -> verb(method).ifPresent(verb -> {
                        String template = template(resource, method);
                        ObjectNode operation = operations.read(method, verb, pathParameters(template));
                        ObjectNode path = paths.computeIfAbsent(
                                PARAMETER.matcher(template).replaceAll("{$1}"),
                                _ -> JsonMapper.shared().createObjectNode());
                        put(path, verb.toLowerCase(Locale.ROOT), operation);
                    }));
        });
        ObjectNode fragment = JsonMapper.shared().createObjectNode();
        ObjectNode inOrder = fragment.putObject("paths");
        paths.forEach(inOrder::set);
        fragment.set("schemas", schemas.components());
        return fragment;
    }

    private static List<Method> methods(Class<?> resource) {
        return Arrays.stream(resource.getMethods())
                .filter(method -> !method.isBridge())
                .sorted(Comparator.comparing(Method::getName)
                        .thenComparing(method -> Arrays.toString(method.getParameterTypes())))
                .toList();
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private String template(Class<?> resource, Method method) {
        Path onClass = resource.getAnnotation(Path.class);
        Path onMethod = method.getAnnotation(Path.class);
        String path = (onClass == null ? "" : onClass.value()) + "/" + (onMethod == null ? "" : onMethod.value());
        String clean = (basePath + path).replaceAll("/{2,}", "/");
        return clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
    }

    /** Returns the parameters of a path with the expressions that they match; empty for any. */
    private static Map<String, String> pathParameters(String template) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher next = PARAMETER.matcher(template);
        while (next.find()) {
            parameters.put(
                    next.group(1), next.group(2) == null ? "" : next.group(2).strip());
        }
        return parameters;
    }

    /**
     * Adds the operation. OpenAPI knows one operation for each path and verb; methods that differ in the media type
     * that they take become one operation with several bodies.
     */
    private static void put(ObjectNode path, String verb, ObjectNode operation) {
        if (path.get(verb) instanceof ObjectNode known
                && known.path("requestBody").path("content") instanceof ObjectNode bodies
                && operation.path("requestBody").path("content") instanceof ObjectNode more) {
            bodies.setAll(more);
            return;
        }
        path.set(verb, operation);
    }
}
