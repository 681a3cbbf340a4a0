package dev.mortise.kernel.http;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Notes which template a request's path matched, for those who name the operation: audit, traces, limits. */
final class Routes implements DynamicFeature {
    /** The Jersey property that holds Jetty's request. */
    static final String REQUEST = "mortise.request";

    private final String basePath;

    /** @param basePath where the application is mounted; ends in a slash */
    Routes(String basePath) {
        this.basePath = basePath;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        String template = basePath
                + joined(
                        pathOf(resource.getResourceClass().getAnnotation(Path.class)),
                        pathOf(resource.getResourceMethod().getAnnotation(Path.class)));
        context.register(new Note(template), Priorities.AUTHENTICATION);
    }

    private static String pathOf(@Nullable Path path) {
        return path == null ? "" : path.value().replaceAll("^/|/$", "");
    }

    private static String joined(String outer, String inner) {
        return inner.isEmpty() ? outer : outer + "/" + inner;
    }

    private record Note(String template) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext jersey) {
            if (jersey.getProperty(REQUEST) instanceof Request request) {
                Exchange.noteRoute(request, template);
            }
        }
    }
}
