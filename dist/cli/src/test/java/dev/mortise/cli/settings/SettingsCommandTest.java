package dev.mortise.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.Mortise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the commands ask of a server; its answers are written down here, the way is real. */
@Tag("K4")
@Tag("K7")
class SettingsCommandTest {
    private static final String SERVER = "/api/v1/kernel/plugins/relaycore/settings";
    private static final String TENANT = "/api/v1/kernel/tenant/settings/relaycore";
    private static final String CHANGED = "{\"plugin\":\"relaycore\",\"version\":4,\"problems\":[]}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    SettingsCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
            synchronized (asked) {
                asked.add((request + " " + body + (ifMatch == null ? "" : " if " + ifMatch)).strip());
            }
            byte[] answer = answers.getOrDefault(request, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(request) ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void getShowsWhatHoldsAndWhatDoesNot() {
        answers.put("GET " + SERVER, """
                {"plugin":"relaycore","version":3,"effective":{"usageQueue":20,"defaultChatModel":"a/b"},
                 "sources":{"usageQueue":"server","defaultChatModel":"file"},
                 "problems":[{"path":"/old","source":"server","message":"is not known here"}]}""");

        assertThat(execute("get", "relaycore")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "NAME              VALUE  FROM",
                        "usageQueue        20     server",
                        "defaultChatModel  a/b    file",
                        "does not hold: /old (set for the server): is not known here");
    }

    @Test
    void getOfOneSettingIsItsValueAlone() {
        answers.put("GET " + SERVER, "{\"effective\":{\"usageQueue\":20}}");

        assertThat(execute("get", "relaycore", "usageQueue")).isZero();
        assertThat(out.toString().strip()).isEqualTo("20");
        assertThat(execute("get", "relaycore", "other")).isEqualTo(ExitCode.FAILURE.number());
        assertThat(err.toString()).contains("cli.setting-not-set");
    }

    @Test
    void setSendsJsonAndKeepsTextsWhatTheSchemaCallsTexts() {
        answers.put("GET " + SERVER + "/schema", """
                {"properties":{"name":{"type":"string"},"count":{"type":"integer"}}}""");
        answers.put("PATCH " + SERVER, CHANGED);

        assertThat(execute("set", "relaycore", "name=5", "count=5", "list=[1]", "free=some text=x"))
                .isZero();

        assertThat(asked.getLast())
                .isEqualTo("PATCH " + SERVER + " {\"name\":\"5\",\"count\":5,\"list\":[1],\"free\":\"some text=x\"}");
        assertThat(out.toString().strip()).isEqualTo("The settings of relaycore are at version 4");
    }

    @Test
    void setWithoutAValueIsRefusedBeforeAnythingIsSent() {
        answers.put("GET " + SERVER + "/schema", "{}");

        assertThat(execute("set", "relaycore", "name")).isEqualTo(ExitCode.USAGE.number());

        assertThat(asked).noneMatch(request -> request.startsWith("PATCH"));
    }

    @Test
    void unsetOfATenantSendsNull() {
        answers.put("PATCH " + TENANT, CHANGED);

        assertThat(execute("unset", "relaycore", "a", "b", "--tenant")).isZero();

        assertThat(asked).containsExactly("PATCH " + TENANT + " {\"a\":null,\"b\":null}");
    }

    @Test
    void undoBringsBackTheVersionBefore() {
        answers.put("GET " + SERVER, "{\"version\":4}");
        answers.put("POST " + SERVER + "/history/3/restore", CHANGED);

        assertThat(execute("undo", "relaycore")).isZero();

        assertThat(asked.getLast())
                .startsWith("POST " + SERVER + "/history/3/restore")
                .endsWith("if \"4\"");
    }

    @Test
    void undoOfNothingFails() {
        answers.put("GET " + SERVER, "{\"version\":0}");

        assertThat(execute("undo", "relaycore")).isEqualTo(ExitCode.FAILURE.number());
    }

    private int execute(String... words) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        CommandLine command = Mortise.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(Stream.of(Stream.of("settings"), Stream.of(words), Stream.of("--url", url))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }
}
