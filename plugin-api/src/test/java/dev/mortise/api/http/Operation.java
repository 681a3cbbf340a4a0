package dev.mortise.api.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A resource method, as its annotations describe it.
 *
 * @param path below the plugin's own, with its variables
 */
record Operation(Class<?> type, Method method, String verb, String path) {
    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\s*(\\w[\\w.-]*)\\s*(?::[^{}]*(?:\\{[^{}]*}[^{}]*)*)?}");
    private static final String JSON = "application/json";

    /** Returns the operations of a resource. */
    static List<Operation> of(Class<?> type) {
        String root = Optional.ofNullable(type.getAnnotation(Path.class))
                .map(Path::value)
                .orElse("");
        List<Operation> operations = new ArrayList<>();
        for (Method method : type.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (verb != null) {
                    operations.add(new Operation(type, method, verb.value(), join(root, method)));
                }
            }
        }
        return operations;
    }

    private static String join(String root, Method method) {
        Path below = method.getAnnotation(Path.class);
        return Stream.of(root, below == null ? "" : below.value())
                .map(part -> part.replaceAll("^/+|/+$", ""))
                .filter(part -> !part.isEmpty())
                .reduce((one, other) -> one + "/" + other)
                .orElse("");
    }

    Optional<String> permission() {
        return Optional.ofNullable(method.getAnnotation(RequiresPermission.class))
                .or(() -> Optional.ofNullable(type.getAnnotation(RequiresPermission.class)))
                .map(RequiresPermission::value);
    }

    Optional<String> openReason() {
        return Optional.ofNullable(method.getAnnotation(OpenToAll.class)).map(OpenToAll::reason);
    }

    boolean isGet() {
        return verb.equals("GET");
    }

    /** Returns what no other operation may be: method, path whatever its variables are called, and what it takes. */
    String signature() {
        return verb + " " + pathPattern() + " " + (bodies() == 0 ? "" : mediaType());
    }

    /** Returns the path with its variables left nameless. */
    String pathPattern() {
        return VARIABLE.matcher(path).replaceAll("{}");
    }

    List<String> pathVariables() {
        List<String> names = new ArrayList<>();
        Matcher variable = VARIABLE.matcher(path);
        while (variable.find()) {
            names.add(variable.group(1));
        }
        return names;
    }

    /** Returns the path with the same value for each variable; the value is encoded already. */
    String pathWith(String value) {
        return VARIABLE.matcher(path).replaceAll(Matcher.quoteReplacement(value));
    }

    List<String> pathParameters() {
        return parameters(PathParam.class).map(PathParam::value).toList();
    }

    List<String> queryParameters() {
        return parameters(QueryParam.class).map(QueryParam::value).toList();
    }

    private <A extends Annotation> Stream<A> parameters(Class<A> kind) {
        return Arrays.stream(method.getParameters()).flatMap(each -> Stream.ofNullable(each.getAnnotation(kind)));
    }

    /** Returns how many parameters take the request's body. */
    long bodies() {
        return Arrays.stream(method.getParameters()).filter(Operation::isBody).count();
    }

    boolean takesJson() {
        return bodies() == 1 && mediaType().startsWith(JSON);
    }

    String mediaType() {
        Consumes consumes = method.getAnnotation(Consumes.class);
        if (consumes == null) {
            consumes = type.getAnnotation(Consumes.class);
        }
        return consumes == null ? JSON : consumes.value()[0];
    }

    private static boolean isBody(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .noneMatch(annotation ->
                        annotation.annotationType().getPackageName().startsWith("jakarta.ws.rs"));
    }

    /** Returns parameters of path and query that no document can describe, because no text stands for their type. */
    List<String> undescribedParameters() {
        return Arrays.stream(method.getParameters())
                .filter(each -> each.isAnnotationPresent(PathParam.class) || each.isAnnotationPresent(QueryParam.class))
                .filter(each -> !isText(each.getParameterizedType()))
                .map(Parameter::toString)
                .toList();
    }

    private static boolean isText(Type type) {
        if (type instanceof ParameterizedType many
                && many.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            return isText(many.getActualTypeArguments()[0]);
        }
        return type instanceof Class<?> one
                && (one.isPrimitive() || one == String.class || hasStringConstructor(one) || hasStringFactory(one));
    }

    private static boolean hasStringConstructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .anyMatch(each -> Arrays.equals(each.getParameterTypes(), new Class<?>[] {String.class}));
    }

    private static boolean hasStringFactory(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(each -> Modifier.isStatic(each.getModifiers()))
                .filter(each ->
                        each.getName().equals("valueOf") || each.getName().equals("fromString"))
                .anyMatch(each -> Arrays.equals(each.getParameterTypes(), new Class<?>[] {String.class}));
    }

    @Override
    public String toString() {
        return verb + " " + path + " (" + type.getSimpleName() + "." + method.getName() + ")";
    }
}
