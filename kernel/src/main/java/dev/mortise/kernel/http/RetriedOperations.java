package dev.mortise.kernel.http;

import dev.mortise.api.http.OwnIdempotency;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.glassfish.jersey.uri.UriTemplate;
import org.jspecify.annotations.Nullable;

/** The operations of one endpoint that recognise repeated requests by themselves. */
final class RetriedOperations {
    private final List<Operation> operations;

    private RetriedOperations(List<Operation> operations) {
        this.operations = operations;
    }

    private record Operation(String method, Pattern path) {}

    static RetriedOperations of(String basePath, List<? extends Class<?>> resources) {
        return new RetriedOperations(resources.stream()
                .flatMap(resource -> Arrays.stream(resource.getMethods())
                        .filter(method -> method.isAnnotationPresent(OwnIdempotency.class))
                        .map(method -> new Operation(
                                method.isAnnotationPresent(POST.class)
                                        ? "POST"
                                        : method.isAnnotationPresent(PATCH.class) ? "PATCH" : "",
                                pattern(
                                        basePath,
                                        resource.getAnnotation(Path.class),
                                        method.getAnnotation(Path.class)))))
                .toList());
    }

    private static Pattern pattern(String basePath, @Nullable Path onClass, @Nullable Path onMethod) {
        String template = basePath + "/" + (onClass == null ? "" : onClass.value()) + "/"
                + (onMethod == null ? "" : onMethod.value());
        String clean = template.replaceAll("/{2,}", "/").replaceAll("/$", "");
        return Pattern.compile(new UriTemplate(clean).getPattern().getRegex() + "/?");
    }

    boolean has(Request request) {
        return operations.stream()
                .anyMatch(operation -> operation.method().equals(request.getMethod())
                        && operation
                                .path()
                                .matcher(Request.getPathInContext(request))
                                .matches());
    }
}
