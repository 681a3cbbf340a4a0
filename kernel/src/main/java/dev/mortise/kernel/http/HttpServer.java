package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Jetty on virtual threads. */
public final class HttpServer implements AutoCloseable {
    /** How many requests are worked on at once; more wait on their connections. */
    private static final int MAX_CONCURRENT_REQUESTS = 1024;

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @throws MortiseException with {@code kernel.port}
     */
    public static HttpServer start(String host, int port, Handler handler) {
        VirtualThreadPool threads = new VirtualThreadPool(MAX_CONCURRENT_REQUESTS);
        threads.setName("http");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(Duration.ofSeconds(60).toMillis());
        server.addConnector(connector);
        server.setErrorHandler(new ProblemErrorHandler());
        server.setHandler(new GracefulHandler(handler));
        server.setStopTimeout(Duration.ofSeconds(20).toMillis());
        try {
            server.start();
            return new HttpServer(server, connector);
        } catch (IOException e) {
            stopQuietly(server, e);
            throw new MortiseException(
                    KernelError.PORT,
                    "The server cannot listen on " + host + ":" + port + ": " + e.getMessage(),
                    "Stop the program that uses the port, or choose another one with --port or MORTISE_PORT",
                    e);
        } catch (Exception e) { // Jetty declares Exception.
            stopQuietly(server, e);
            throw new IllegalStateException("Jetty cannot start", e);
        }
    }

    private static void stopQuietly(Server server, Exception reason) {
        try {
            server.stop();
        } catch (Exception e) { // Jetty declares Exception; the reason is what matters.
            reason.addSuppressed(e);
        }
    }

    /** Returns the address for clients on this machine. */
    public URI url() {
        String host = connector.getHost();
        String reachable = host == null || host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return URI.create("http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":"
                + connector.getLocalPort());
    }

    /** Takes no more requests, waits for the running ones, and ends. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // Jetty declares Exception.
            throw new IllegalStateException("Jetty did not stop cleanly", e);
        }
    }
}
