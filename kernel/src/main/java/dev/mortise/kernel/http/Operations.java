package dev.mortise.kernel.http;

import dev.mortise.api.http.OpenToAll;
import dev.mortise.kernel.registry.Operation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/** Lists what resources serve, as Jersey itself understands them, so that nothing it serves is missing. */
final class Operations {
    private Operations() {}

    static List<Operation> of(String basePath, List<? extends Class<?>> resources) {
        List<Operation> found = new ArrayList<>();
        for (Class<?> resource : resources) {
            collect(basePath, Resource.from(resource), resource, found);
        }
        found.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
        return List.copyOf(found);
    }

    private static void collect(String base, Resource resource, Class<?> type, List<Operation> found) {
        String path = joined(base, resource.getPath());
        resource.getAllMethods().forEach(method -> found.add(operation(path, method, type)));
        resource.getChildResources().forEach(child -> collect(path, child, type, found));
    }

    private static Operation operation(String path, ResourceMethod served, Class<?> type) {
        Method method = served.getInvocable().getHandlingMethod();
        OpenToAll open = method.getAnnotation(OpenToAll.class);
        return new Operation(
                served.getHttpMethod(),
                path,
                open == null ? Permissions.permission(method, type).orElse("") : "",
                open == null ? "" : open.reason(),
                open != null && open.anonymous());
    }

    private static String joined(String base, String path) {
        String left = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        String right = path.startsWith("/") ? path.substring(1) : path;
        return right.isEmpty() ? left : left + "/" + right;
    }
}
