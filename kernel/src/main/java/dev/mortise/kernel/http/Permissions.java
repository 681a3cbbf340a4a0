package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.permission.OperatorPermissions;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds every resource method to the permission that it declares; one that declares none is refused, at load and at run
 * time.
 *
 * @since 0.1
 */
public final class Permissions implements DynamicFeature {
    private final OperatorPermissions authority;

    Permissions(OperatorPermissions authority) {
        this.authority = authority;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        OpenToAll open = method.getAnnotation(OpenToAll.class);
        if (isOptionsOfJersey(method)) {
            context.register(new SignedIn(), Priorities.AUTHORIZATION);
        } else if (open == null) {
            String needed = permission(method, resource.getResourceClass()).orElse("");
            context.register(new Check(authority, needed), Priorities.AUTHORIZATION);
        } else if (!open.anonymous()) {
            context.register(new SignedIn(), Priorities.AUTHORIZATION);
        }
    }

    /**
     * Checks the resource classes of a plugin before they are served.
     *
     * @throws MortiseException with {@code kernel.plugin-permission-missing}
     */
    public static void requireDeclared(Class<?> type) {
        List<String> silent = Arrays.stream(type.getMethods())
                .filter(method -> isResourceMethod(method) || isLocator(method))
                .filter(method -> isLocator(method)
                        || (!method.isAnnotationPresent(OpenToAll.class)
                                && permission(method, type).isEmpty()))
                .map(Method::getName)
                .sorted()
                .toList();
        if (!silent.isEmpty()) {
            throw new MortiseException(
                    KernelError.PLUGIN_PERMISSION_MISSING,
                    type.getName() + " does not say which permission these methods need: " + String.join(", ", silent),
                    "Annotate each with @RequiresPermission, or with @OpenToAll and the reason; write resource methods"
                            + " instead of sub-resource locators");
        }
    }

    /** A method that hands the request to another object, whose methods nobody could list. */
    private static boolean isLocator(Method method) {
        return method.isAnnotationPresent(Path.class) && !isResourceMethod(method);
    }

    /** Returns the permissions that the methods of a class ask for. */
    static Stream<String> declared(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(Permissions::isResourceMethod)
                .filter(method -> !method.isAnnotationPresent(OpenToAll.class))
                .flatMap(method -> permission(method, type).stream());
    }

    /** Jersey answers OPTIONS by itself, with the methods that a path takes. */
    private static boolean isOptionsOfJersey(Method method) {
        return !isResourceMethod(method) && method.getDeclaringClass().getName().startsWith("org.glassfish.jersey.");
    }

    private static boolean isResourceMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.isAnnotationPresent(HttpMethod.class));
    }

    static Optional<String> permission(Method method, Class<?> type) {
        RequiresPermission onMethod = method.getAnnotation(RequiresPermission.class);
        RequiresPermission onType = type.getAnnotation(RequiresPermission.class);
        return Optional.ofNullable(onMethod == null ? onType : onMethod).map(RequiresPermission::value);
    }

    private record Check(OperatorPermissions authority, String needed) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            CallContext caller = CallContext.current();
            requireSignedIn();
            if (needed.isEmpty()) {
                throw new MortiseException(
                        ApiError.FORBIDDEN,
                        caller.principal().id() + " lacks the permission for an operation that declares none",
                        "Report it to the plugin's author");
            }
            authority.require(caller, needed);
        }
    }

    private record SignedIn() implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            requireSignedIn();
        }
    }

    private static void requireSignedIn() {
        Principal principal = CallContext.current().principal();
        if (principal.kind() == Principal.Kind.ANONYMOUS) {
            throw Refusals.noCredentials();
        }
    }
}
