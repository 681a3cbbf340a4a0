package dev.mortise.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.cli.Mortise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import picocli.CommandLine;

/**
 * Commands that talk to a server whose answers a test writes down; the way between them is real. A new one for each
 * test:
 *
 * <pre>{@code
 * @RegisterExtension
 * final CommandsAgainstAServer server = new CommandsAgainstAServer();
 * }</pre>
 */
public final class CommandsAgainstAServer implements AfterEachCallback {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer http;

    /** Starts the server on a free port; it answers nothing yet. */
    public CommandsAgainstAServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.start();
    }

    /** A request as it came. */
    public record Received(String method, String uri, String body, Function<String, String> header) {
        /** Returns method, address and body in one line. */
        public String line() {
            return method + " " + uri + " " + body;
        }
    }

    /** What the server answers. */
    public record Answer(int status, String body) {}

    /** Answers everything below a path in the same way. */
    public void answer(String path, int status, String body) {
        answer(path, _ -> new Answer(status, body));
    }

    /** Answers everything below a path. */
    public void answer(String path, Function<? super Received, Answer> answer) {
        http.createContext(path, exchange -> {
            try (exchange) {
                Received request = read(exchange);
                received.add(request);
                Answer chosen = answer.apply(request);
                byte[] body = chosen.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(chosen.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static Received read(HttpExchange exchange) throws IOException {
        return new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                name -> String.valueOf(exchange.getRequestHeaders().getFirst(name)));
    }

    /** Runs a command against this server and returns its exit code. */
    public int execute(String... words) {
        return run(Stream.concat(Stream.of(words), Stream.of("--url", url())).toArray(String[]::new));
    }

    /** Runs a command that says by itself which server it means, or needs none. */
    public int run(String... words) {
        CommandLine command = Mortise.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }

    /** Returns where the server listens. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Returns what the commands have told so far. */
    public String out() {
        return out.toString();
    }

    /** Returns what the commands have complained of so far. */
    public String err() {
        return err.toString();
    }

    /** Returns the requests that have come, the oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Returns the requests that have come, a line each. */
    public List<String> lines() {
        return received.stream().map(Received::line).toList();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        http.stop(0);
    }
}
