package dev.mortise.cli.key;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the commands send and show; the answers are written down here, the way is real. */
@Tag("T4")
class KeyAndUserCommandTest {
    private static final String KEYS = "/api/v1/kernel/api-keys";
    private static final String USERS = "/api/v1/kernel/users";
    private static final String TWO_KEYS = """
            {"items":[{"id":"k1","prefix":"abcdefgh","name":"ci","permissions":["*"],"ownerUser":null,
                       "ownerService":"s1","expiresAt":null,"revokedAt":null},
                      {"id":"k2","prefix":"ijkmnpqr","name":"old","permissions":["*"],
                       "revokedAt":"2026-01-01T00:00:00Z"}],"next":null}""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    KeyAndUserCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private int execute(String... words) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        CommandLine command = Mortise.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                Stream.concat(Stream.of(words), Stream.of("--url", url)).toArray(String[]::new));
    }

    @Test
    void aKeyIsMadeOfPermissionsAndShownOnce() {
        answer(KEYS, 201, "{\"id\":\"k1\",\"prefix\":\"abcdefgh\",\"key\":\"mk_abcdefgh_secret\"}");

        assertThat(execute("key", "create", "ci", "--permission", "a.read", "--permission", "b.*"))
                .isZero();

        assertThat(out.toString()).contains("mk_abcdefgh_secret");
        assertThat(received)
                .containsExactly("POST " + KEYS + " {\"name\":\"ci\",\"permissions\":[\"a.read\",\"b.*\"]}");
    }

    @Test
    void keysAreListedWithoutTheRevokedOnes() {
        answer(KEYS, 200, TWO_KEYS);

        execute("key", "list");

        assertThat(out.toString()).contains("abcdefgh", "service:s1", "never").doesNotContain("ijkmnpqr");
    }

    @Test
    void aKeyIsFoundByItsPrefix() {
        answer(KEYS + "/k1", 204, "");
        answer(KEYS, 200, TWO_KEYS);

        assertThat(execute("key", "revoke", "mk_abcdefgh")).isZero();
        assertThat(received).contains("DELETE " + KEYS + "/k1 ");
        assertThat(execute("key", "revoke", "ijkmnpqr")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("mortise key list");
    }

    @Test
    void aRotationSendsTheGracePeriod() {
        answer(KEYS + "/k1/rotate", 200, "{\"id\":\"k1\",\"key\":\"mk_abcdefgh_next\"}");
        answer(KEYS, 200, TWO_KEYS);

        assertThat(execute("key", "rotate", "abcdefgh", "--grace-seconds", "0", "--json"))
                .isZero();

        assertThat(received).contains("POST " + KEYS + "/k1/rotate {\"graceSeconds\":0}");
        assertThat(out.toString()).contains("\"key\" : \"mk_abcdefgh_next\"");
    }

    @Test
    void anInvitationShowsTheWholeLink() {
        answer("/api/v1/kernel/invitations", 201, """
                {"invitation":{"email":"ann@example.org","expiresAt":"2026-01-08T00:00:00Z"},
                 "token":"mi_x","link":"/console/accept-invitation#mi_x"}""");

        assertThat(execute("user", "invite", "ann@example.org", "--role", "viewer"))
                .isZero();

        assertThat(out.toString())
                .contains("http://127.0.0.1:" + server.getAddress().getPort() + "/console/accept-invitation#mi_x");
        assertThat(received.getFirst())
                .contains("\"email\":\"ann@example.org\"", "\"roles\":[\"viewer\"]", "\"validSeconds\":604800");
    }

    @Test
    void aPersonIsFoundByTheAddressAndDisabled() {
        answer(USERS + "/u2", 200, "{\"id\":\"u2\",\"email\":\"ben@example.org\",\"state\":\"DISABLED\"}");
        answer(USERS, 200, """
                {"items":[{"id":"u1","email":"ann@example.org","state":"ACTIVE","roles":[]},
                          {"id":"u2","email":"ben@example.org","state":"ACTIVE","roles":["admin"]}]}""");

        assertThat(execute("user", "disable", "Ben@example.org")).isZero();
        assertThat(received).contains("PATCH " + USERS + "/u2 {\"state\":\"DISABLED\"}");
        assertThat(execute("user", "disable", "eve@example.org")).isEqualTo(ExitCode.USAGE.number());
        assertThat(execute("user", "list")).isZero();
        assertThat(out.toString()).contains("ben@example.org", "active", "admin");
    }
}
