package dev.mortise.bench;

import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import tools.jackson.databind.json.JsonMapper;

/** A JSON echo through the whole door, next to the same echo by a bare Jetty handler, in turns. */
final class HttpBench {
    /** Counted like any others, so that their cost is measured too. */
    private static final String LIMITS_NOBODY_REACHES =
            "limits: {tenant: {requests: 100000000000}, key: {requests: 100000000000}}";

    private static final int TURNS = 8;
    private static final int TURN_MILLIS = 2500;
    private static final int CLIENTS = 16;
    private static final String BODY = "{\"to\":\"Ann\",\"times\":3}";

    private final PrintStream out;

    HttpBench(PrintStream out) {
        this.out = out;
    }

    void run() throws Exception {
        out.println("== http");
        Server bare = bareJetty();
        try (TestKernel kernel = TestKernel.with(LIMITS_NOBODY_REACHES, echoPlugin())) {
            HttpLoad door = new HttpLoad(
                    kernel.url(), "/api/v1/web/echo", "Authorization: Bearer " + kernel.adminKey() + "\r\n", BODY);
            HttpLoad peer = new HttpLoad(
                    URI.create("http://127.0.0.1:" + ((ServerConnector) bare.getConnectors()[0]).getLocalPort()),
                    "/echo",
                    "",
                    BODY);
            for (int i = 0; i < 3; i++) { // The compilers need a while.
                door.requestsPerSecond(CLIENTS, TURN_MILLIS);
                peer.requestsPerSecond(CLIENTS, TURN_MILLIS);
            }
            List<Double> ratios = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                double a = door.requestsPerSecond(CLIENTS, TURN_MILLIS);
                double b = peer.requestsPerSecond(CLIENTS, TURN_MILLIS);
                ours.add(a);
                theirs.add(b);
                ratios.add(a / b);
            }
            out.printf(
                    "JSON echo, %d clients: %,.0f/s through key check, metrics, trace and Jersey; %,.0f/s by a bare Jetty"
                            + " handler; ratio %.0f %% (median of %d turns, %.0f to %.0f %%; promise 50 %%)%n",
                    CLIENTS,
                    Figures.of(ours).median(),
                    Figures.of(theirs).median(),
                    100 * Figures.of(ratios).median(),
                    TURNS,
                    100 * Figures.of(ratios).quantile(0),
                    100 * Figures.of(ratios).quantile(1));
        } finally {
            bare.stop();
        }
    }

    private static java.nio.file.Path echoPlugin() throws java.io.IOException {
        return PluginJar.echo("web", "1.0.0")
                .source("test.web.Greeting", "package test.web; public record Greeting(String to, int times) {}")
                .source("test.web.EchoResource", """
                        package test.web;
                        import jakarta.ws.rs.*;
                        import dev.mortise.api.http.*;
                        @org.pf4j.Extension @Path("echo")
                        public final class EchoResource implements HttpResource {
                            public EchoResource(EchoPlugin plugin) {}
                            @POST @RequiresPermission("web.echo") public Greeting echo(Greeting greeting) { return greeting; }
                        }
                        """)
                .build(Files.createTempDirectory("mortise-bench-"));
    }

    /** A greeting, as the plugin has it. */
    record Greeting(String to, int times) {}

    private static Server bareJetty() throws Exception {
        Server server = new Server(new VirtualThreadPool(1024));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        JsonMapper json = JsonMapper.builder().build();
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Greeting greeting = json.readValue(Content.Source.asInputStream(request), Greeting.class);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(greeting)), callback);
                return true;
            }
        });
        server.start();
        return server;
    }
}
