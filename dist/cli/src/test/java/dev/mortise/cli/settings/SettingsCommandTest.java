package dev.mortise.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.CommandsAgainstAServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the commands ask of a server; its answers are written down here, the way is real. */
@Tag("K4")
@Tag("K7")
class SettingsCommandTest {
    private static final String SERVER = "/api/v1/kernel/plugins/relaycore/settings";
    private static final String TENANT = "/api/v1/kernel/tenant/settings/relaycore";
    private static final String CHANGED = "{\"plugin\":\"relaycore\",\"version\":4,\"problems\":[]}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    @RegisterExtension
    final CommandsAgainstAServer server = new CommandsAgainstAServer();

    @BeforeEach
    void answerWhatIsWrittenDown() {
        server.answer("/", asked -> {
            String answer = answers.get(asked.method() + " " + asked.uri().replaceFirst("\\?.*", ""));
            return new CommandsAgainstAServer.Answer(answer == null ? 404 : 200, answer == null ? "{}" : answer);
        });
    }

    @Test
    void getShowsWhatHoldsAndWhatDoesNot() {
        answers.put("GET " + SERVER, """
                {"plugin":"relaycore","version":3,"effective":{"usageQueue":20,"defaultChatModel":"a/b"},
                 "sources":{"usageQueue":"server","defaultChatModel":"file"},
                 "problems":[{"path":"/old","source":"server","message":"is not known here"}]}""");

        assertThat(execute("get", "relaycore")).isZero();

        assertThat(server.out().lines())
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
        assertThat(server.out().strip()).isEqualTo("20");
        assertThat(execute("get", "relaycore", "other")).isEqualTo(ExitCode.FAILURE.number());
        assertThat(server.err()).contains("cli.setting-not-set");
    }

    @Test
    void setSendsJsonAndKeepsTextsWhatTheSchemaCallsTexts() {
        answers.put("GET " + SERVER + "/schema", """
                {"properties":{"name":{"type":"string"},"count":{"type":"integer"}}}""");
        answers.put("PATCH " + SERVER, CHANGED);

        assertThat(execute("set", "relaycore", "name=5", "count=5", "list=[1]", "free=some text=x"))
                .isZero();

        assertThat(asked().getLast())
                .isEqualTo("PATCH " + SERVER + " {\"name\":\"5\",\"count\":5,\"list\":[1],\"free\":\"some text=x\"}");
        assertThat(server.out().strip()).isEqualTo("The settings of relaycore are at version 4");
    }

    @Test
    void setWithoutAValueIsRefusedBeforeAnythingIsSent() {
        answers.put("GET " + SERVER + "/schema", "{}");

        assertThat(execute("set", "relaycore", "name")).isEqualTo(ExitCode.USAGE.number());

        assertThat(asked()).noneMatch(request -> request.startsWith("PATCH"));
    }

    @Test
    void unsetOfATenantSendsNull() {
        answers.put("PATCH " + TENANT, CHANGED);

        assertThat(execute("unset", "relaycore", "a", "b", "--tenant")).isZero();

        assertThat(asked()).containsExactly("PATCH " + TENANT + " {\"a\":null,\"b\":null}");
    }

    @Test
    void undoBringsBackTheVersionBefore() {
        answers.put("GET " + SERVER, "{\"version\":4}");
        answers.put("POST " + SERVER + "/history/3/restore", CHANGED);

        assertThat(execute("undo", "relaycore")).isZero();

        assertThat(asked().getLast())
                .startsWith("POST " + SERVER + "/history/3/restore")
                .endsWith("if \"4\"");
    }

    @Test
    void undoOfNothingFails() {
        answers.put("GET " + SERVER, "{\"version\":0}");

        assertThat(execute("undo", "relaycore")).isEqualTo(ExitCode.FAILURE.number());
    }

    private int execute(String... words) {
        return server.execute(
                Stream.concat(Stream.of("settings"), Stream.of(words)).toArray(String[]::new));
    }

    /** Returns what was asked for: method, path, body, and which version it is about. */
    private List<String> asked() {
        return server.received().stream()
                .map(each -> {
                    String ifMatch = each.header().apply("If-Match");
                    String line = each.method() + " " + each.uri().replaceFirst("\\?.*", "") + " " + each.body();
                    return (line + (ifMatch.equals("null") ? "" : " if " + ifMatch)).strip();
                })
                .toList();
    }
}
