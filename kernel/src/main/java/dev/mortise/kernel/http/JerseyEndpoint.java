package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.openapi.ResourceReader;
import dev.mortise.kernel.permission.OperatorPermissions;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Operation;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Jersey application of one load of a plugin, straight on Jetty's core. One application each, because Jersey's own
 * reload drops requests, and because its caches would keep the classes of a plugin that is gone.
 */
public final class JerseyEndpoint implements HttpEndpoint {
    private final ApplicationHandler application;
    private final List<? extends Class<?>> resources;
    private final RetriedOperations retried;
    private final String plugin;
    private final List<String> paths;
    private final List<String> permissions;
    private final String basePath;
    private final long maxBodyBytes;
    private volatile @Nullable ObjectNode description;

    /**
     * @param plugin the plugin's id
     * @param basePath where the resources are mounted, such as {@code /api/v1/automatrix/}
     * @param json the plugin's own mapper
     * @param maxBodyBytes the largest request body
     * @param authority who may use which permission in effect
     * @throws MortiseException with {@code kernel.plugin-permission-missing}, or {@code kernel.plugin-construction}
     *     when the resources contradict one another
     */
    public JerseyEndpoint(
            String plugin,
            String basePath,
            JsonMapper json,
            long maxBodyBytes,
            OperatorPermissions authority,
            List<? extends HttpResource> resources) {
        this.plugin = plugin;
        this.basePath = basePath;
        this.maxBodyBytes = maxBodyBytes;
        this.paths = resources.stream().map(JerseyEndpoint::rootPath).sorted().toList();
        this.resources = resources.stream().map(HttpResource::getClass).toList();
        this.retried = RetriedOperations.of(basePath, this.resources);
        resources.forEach(resource -> Permissions.requireDeclared(resource.getClass()));
        this.permissions = resources.stream()
                .flatMap(resource -> Permissions.declared(resource.getClass()))
                .distinct()
                .sorted()
                .toList();
        ResourceConfig configuration = new ResourceConfig()
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
                .registerInstances(
                        new JsonBody(json), new ProblemMapper(), new Permissions(authority), new Routes(basePath))
                .registerInstances(new ParameterLimits(), new Retirement(), new PageLinks())
                .registerInstances(resources.toArray());
        try {
            this.application = new ApplicationHandler(configuration);
        } catch (RuntimeException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_CONSTRUCTION,
                    "The HTTP resources at " + basePath + " cannot be served: " + e.getMessage(),
                    "Report it to the plugin's author",
                    e);
        }
    }

    private static String rootPath(HttpResource resource) {
        Path path = resource.getClass().getAnnotation(Path.class);
        if (path == null) {
            throw new MortiseException(
                    KernelError.PLUGIN_CONSTRUCTION,
                    resource.getClass().getName() + " is an HttpResource without @Path",
                    "Annotate the class with jakarta.ws.rs.Path");
        }
        return path.value();
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public List<Operation> operations() {
        return Operations.of(basePath, resources);
    }

    @Override
    public List<String> permissions() {
        return permissions;
    }

    @Override
    public ObjectNode description() {
        ObjectNode known = description;
        if (known == null) {
            // Made twice at worst, with the same result.
            known = new ResourceReader(plugin, basePath).read(resources);
            description = known;
        }
        return known;
    }

    @Override
    public boolean keepsKeysItself(Request request) {
        return retried.has(request);
    }

    @Override
    public void serve(Request request, Response response, Callback callback) {
        ResponseBridge bridge = new ResponseBridge(request, response, callback);
        try {
            application.handle(jerseyRequest(request, bridge));
        } catch (RuntimeException e) {
            bridge.failure(e);
        }
        bridge.awaitCompletion();
    }

    private ContainerRequest jerseyRequest(Request request, ResponseBridge bridge) {
        HttpURI uri = request.getHttpURI();
        MapPropertiesDelegate properties = new MapPropertiesDelegate();
        properties.setProperty(Routes.REQUEST, request);
        URI base = uri(HttpURI.build(uri, basePath, null, null));
        ContainerRequest jersey = new ContainerRequest(
                base,
                uri(uri),
                request.getMethod(),
                RequestPrincipal.of(request),
                properties,
                application.getConfiguration());
        for (HttpField field : request.getHeaders()) {
            jersey.header(field.getName(), field.getValue());
        }
        if (request.getLength() > maxBodyBytes) {
            throw new BodyTooLargeException(maxBodyBytes).asMortise();
        }
        boolean hasBody = request.getLength() > 0
                || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING))
                || (request.getLength() < 0
                        && request.getConnectionMetaData().getHttpVersion().getVersion() >= 20);
        jersey.setEntityStream(
                hasBody
                        ? new LimitedBody(Content.Source.asInputStream(request), maxBodyBytes)
                        : InputStream.nullInputStream());
        jersey.setWriter(bridge);
        return jersey;
    }

    private static URI uri(HttpURI uri) {
        try {
            return uri.toURI();
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    KernelError.REQUEST_INVALID,
                    "The address has characters that must be percent-encoded: " + e.getMessage(),
                    "Encode them as RFC 3986 says",
                    e);
        }
    }

    @Override
    public void close() {
        application.getInjectionManager().shutdown();
    }
}
