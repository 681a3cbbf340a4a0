package dev.mortise.kernel.openapi;

import dev.mortise.api.http.Described;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.api.http.OwnIdempotency;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.http.Sunset;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the methods of one resource class as operations. */
final class OperationReader {
    private static final Set<String> RETRIED = Set.of("POST", "PATCH");

    private final String plugin;
    private final Class<?> resource;
    private final Set<String> operationIds;
    private final Parameters parameters;
    private final Answers answers;

    OperationReader(String plugin, Class<?> resource, Schemas schemas, Set<String> operationIds) {
        this.plugin = plugin;
        this.resource = resource;
        this.operationIds = operationIds;
        this.parameters = new Parameters(resource, schemas);
        this.answers = new Answers(resource, schemas);
    }

    /** @param inPath the parameters of the path, with the expressions that they match */
    ObjectNode read(Method method, String verb, Map<String, String> inPath) {
        ObjectNode operation = JsonMapper.shared().createObjectNode();
        operation.putArray("tags").add(plugin);
        describe(method, operation);
        operation.put("operationId", operationId(method, verb));
        permission(method, operation);
        retirement(method, operation);
        ArrayNode list = JsonMapper.shared().createArrayNode();
        parameters.read(method, inPath).forEach(list::add);
        if (RETRIED.contains(verb) && !method.isAnnotationPresent(OwnIdempotency.class)) {
            list.addObject().put("$ref", "#/components/parameters/IdempotencyKey");
        }
        if (!list.isEmpty()) {
            operation.set("parameters", list);
        }
        parameters.body(method).ifPresent(body -> operation.set("requestBody", body));
        operation.set("responses", answers.read(method, !inPath.isEmpty()));
        return operation;
    }

    private void describe(Method method, ObjectNode operation) {
        Described described = method.getAnnotation(Described.class);
        String text = described == null ? words(method.getName()) + " (" + noun() + ")" : described.value();
        int end = text.indexOf(". ");
        operation.put("summary", end < 0 ? text.replaceFirst("\\.$", "") : text.substring(0, end));
        if (end >= 0) {
            operation.put("description", text);
        }
    }

    private static String words(String camelCase) {
        String spaced = camelCase.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    private String noun() {
        Path path = resource.getAnnotation(Path.class);
        String first = path == null ? "" : path.value().replaceFirst("^/+", "").split("[/{]", 2)[0];
        return first.isEmpty() ? resource.getSimpleName() : first;
    }

    /**
     * Names an operation by plugin, things and deed; a name that is taken is made longer by what tells the two apart.
     */
    private String operationId(Method method, String verb) {
        String id = plugin + "." + noun() + "." + method.getName();
        if (operationIds.contains(id)) {
            id += "." + verb.toLowerCase(Locale.ROOT);
        }
        String free = id;
        for (int number = 2; !operationIds.add(free); number++) {
            free = id + number;
        }
        return free;
    }

    private void permission(Method method, ObjectNode operation) {
        RequiresPermission onMethod = method.getAnnotation(RequiresPermission.class);
        RequiresPermission onClass = resource.getAnnotation(RequiresPermission.class);
        OpenToAll open = method.getAnnotation(OpenToAll.class);
        if (open != null) {
            operation.put("x-open-to-all", open.reason());
        } else if (onMethod != null) {
            operation.put("x-permission", onMethod.value());
        } else if (onClass != null) {
            operation.put("x-permission", onClass.value());
        }
    }

    private void retirement(Method method, ObjectNode operation) {
        Sunset onMethod = method.getAnnotation(Sunset.class);
        Sunset sunset = onMethod == null ? resource.getAnnotation(Sunset.class) : onMethod;
        if (sunset != null) {
            operation.put("x-sunset", sunset.on());
        }
        if (sunset != null
                || method.isAnnotationPresent(Deprecated.class)
                || resource.isAnnotationPresent(Deprecated.class)) {
            operation.put("deprecated", true);
        }
    }
}
