package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.log.TraceIds;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Publication;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Where every request comes in: trace, credentials, tenant and principal, then the plugin's resources under a lease.
 * Runs on the request's own virtual thread from beginning to end.
 */
public final class Door extends Handler.Abstract {
    /** Where plugins and the kernel serve their resources. */
    public static final String API = "/api/v1/";

    /** The kernel's own place among the plugins'. */
    public static final String KERNEL = "kernel";

    private static final Pattern OTHER_VERSION = Pattern.compile("/api/v\\d+(/|$)");

    private final Authentication authentication;
    private final ExtensionRegistry registry;
    private final HttpEndpoint kernel;
    private final StatusPages status;
    private final RequestMeters meters;
    private final Cors cors;
    private final List<OpenPage> openPages;
    private final List<DoorPage> pages;
    private final StrangerLimit strangers;
    private final List<Passage> passages;

    /**
     * @param kernel the kernel's own resources
     * @param openPages what is served without credentials
     * @param pages what is served beside the resources
     * @param strangers counts requests whose credentials stand for nobody
     * @param passages what every request goes through once its caller is known, or known to be anonymous; the outermost
     *     first
     */
    public Door(
            Authentication authentication,
            ExtensionRegistry registry,
            HttpEndpoint kernel,
            StatusPages status,
            RequestMeters meters,
            Cors cors,
            List<OpenPage> openPages,
            List<DoorPage> pages,
            StrangerLimit strangers,
            List<Passage> passages) {
        this.authentication = authentication;
        this.registry = registry;
        this.kernel = kernel;
        this.status = status;
        this.meters = meters;
        this.cors = cors;
        this.openPages = List.copyOf(openPages);
        this.pages = List.copyOf(pages);
        this.strangers = strangers;
        this.passages = List.copyOf(passages);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (cors.handle(request, response, callback)) {
            return true;
        }
        long began = System.nanoTime();
        String traceId = TraceIds.fromHeader(request.getHeaders().get("traceparent"));
        response.getHeaders().put("Trace-Id", traceId);
        String plugin = pluginOf(path);
        try {
            if (status.handle(path, request, response, callback)
                    || openPages.stream().anyMatch(page -> page.handle(path, request, response, callback))) {
                return true;
            }
            Caller caller = authenticated(request, response, traceId);
            Exchange exchange = new Exchange(request, response, callback, plugin, path);
            RequestPath.during(request, () -> caller.run(() -> pass(exchange, 0)));
        } catch (MortiseException e) {
            ProblemWriter.write(request, response, callback, UnexpectedFailure.loggedIfHidden(e), traceId);
        } catch (RuntimeException e) {
            ProblemWriter.write(request, response, callback, UnexpectedFailure.reported(e, traceId), traceId);
        }
        meters.record(plugin, request.getMethod(), response.getStatus(), System.nanoTime() - began);
        return true;
    }

    private Caller authenticated(Request request, Response response, String traceId) {
        try {
            return authentication.authenticate(request, traceId);
        } catch (MortiseException e) {
            if (e.errorCode() == KernelError.UNAUTHENTICATED) {
                strangers.count(request, response);
            }
            throw e;
        }
    }

    private void pass(Exchange exchange, int next) {
        if (next == passages.size()) {
            serve(exchange);
        } else {
            passages.get(next).pass(exchange, passed -> pass(passed, next + 1));
        }
    }

    private void serve(Exchange exchange) {
        Optional<DoorPage> page =
                pages.stream().filter(known -> known.has(exchange.path())).findFirst();
        if (isAnonymous() && (page.isPresent() || exchange.plugin() == null)) {
            throw Refusals.noCredentials(); // A stranger does not learn what is served.
        } else if (page.isPresent()) {
            requireReading(exchange.request());
            page.get().serve(exchange);
        } else if (exchange.plugin() == null) {
            throw unknownPath(exchange.path());
        } else if (exchange.plugin().equals(KERNEL)) {
            kernel.serve(exchange.request(), exchange.response(), exchange.callback());
        } else {
            servePlugin(exchange.plugin(), exchange);
        }
    }

    private void servePlugin(String plugin, Exchange exchange) {
        Optional<Publication> leased = registry.leaseHttp(plugin);
        if (leased.isEmpty()) {
            throw isAnonymous() ? Refusals.noCredentials() : unknownPath(exchange.path());
        }
        Publication publication = leased.get();
        Thread self = Thread.currentThread();
        ClassLoader former = self.getContextClassLoader();
        self.setContextClassLoader(publication.classLoader());
        try {
            HttpEndpoint endpoint = publication.http();
            if (endpoint == null) {
                throw unknownPath(exchange.path());
            }
            endpoint.serve(exchange.request(), exchange.response(), exchange.callback());
        } finally {
            self.setContextClassLoader(former);
            publication.leases().release();
        }
    }

    /**
     * Refuses methods other than GET and HEAD.
     *
     * @throws MortiseException with {@code kernel.method-refused} and the status 405
     */
    public static void requireReading(Request request) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw HttpRefusal.methodNotAllowed(List.of("GET", "HEAD"));
        }
    }

    private static @Nullable String pluginOf(String path) {
        if (!path.startsWith(API)) {
            return null;
        }
        int end = path.indexOf('/', API.length());
        return end < 0 ? path.substring(API.length()) : path.substring(API.length(), end);
    }

    private static boolean isAnonymous() {
        return CallContext.current().principal().kind() == Principal.Kind.ANONYMOUS;
    }

    private static MortiseException unknownPath(String path) {
        if (OTHER_VERSION.matcher(path).lookingAt() && !path.startsWith(API)) {
            return new MortiseException(
                    KernelError.API_VERSION_UNKNOWN,
                    "This server has the API's version v1 and no other",
                    "Use a path below " + API);
        }
        return new MortiseException(
                KernelError.PATH_UNKNOWN,
                "Nothing is served at " + path,
                "Check the path; `mortise plugin list` shows which plugins run");
    }
}
