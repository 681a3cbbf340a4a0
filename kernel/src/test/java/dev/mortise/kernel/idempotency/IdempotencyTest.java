package dev.mortise.kernel.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.KernelOptions;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database, and a plugin that counts what it does. */
@Tag("D1")
class IdempotencyTest {
    private static final String KEY = "test-administrator-key-0123456789abcdef";
    private static final String NOTES = "/api/v1/notes/notes";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static DatabaseAddress database;
    private static Kernel first;
    private static Kernel second;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startServers() throws Exception {
        database = TestDatabase.fresh();
        Path jar = plugin();
        first = start("one");
        second = start("two");
        first.plugins().install(jar);
        awaitPlugin(second);
    }

    /** A plugin that is installed on one node comes to the others by itself. */
    private static void awaitPlugin(Kernel server) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        HttpRequest probe = HttpRequest.newBuilder(server.url().resolve(NOTES + "/probe"))
                .header("Authorization", "Bearer " + KEY)
                .build();
        while (CLIENT.send(probe, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private static Kernel start(String name) {
        String url = database.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + database.ownerUser() + ":"
                                + URLEncoder.encode(database.ownerPassword(), StandardCharsets.UTF_8) + "@");
        Map<String, String> environment = Map.of(
                "MORTISE_DATA",
                folder.resolve(name).toString(),
                "MORTISE_PORT",
                "0",
                "MORTISE_MASTER_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "MORTISE_ADMIN_KEY",
                KEY,
                "MORTISE_DATABASE_URL",
                url);
        return Kernel.start(KernelOptions.of(null, environment::get));
    }

    private static Path plugin() {
        return PluginJar.echo("notes", "1.0.0")
                .file("db/migration/V1__notes.sql", """
                        CREATE TABLE note (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id uuid NOT NULL DEFAULT uuidv7(),
                            text text NOT NULL,
                            PRIMARY KEY (tenant_id, id));
                        CALL mortise.protect('note');
                        """)
                .source("test.notes.NoteMapper", """
                        package test.notes;
                        public interface NoteMapper { int add(String text); long count(String text); }
                        """)
                .file("test/notes/NoteMapper.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
                        <mapper namespace="test.notes.NoteMapper">
                          <insert id="add">INSERT INTO note (text) VALUES (#{text})</insert>
                          <select id="count" resultType="long">SELECT count(*) FROM note WHERE text = #{text}</select>
                        </mapper>
                        """)
                .source("test.notes.Notes", """
                        package test.notes;
                        import jakarta.ws.rs.*;
                        import jakarta.ws.rs.core.*;
                        import dev.mortise.api.http.*;
                        import dev.mortise.api.store.Store;
                        import java.util.*;
                        @org.pf4j.Extension @Path("notes")
                        public final class Notes implements HttpResource {
                            private final Store store;
                            public Notes(EchoPlugin plugin) { store = plugin.context().store(); }
                            private void add(String text) { store.write(NoteMapper.class, notes -> { notes.add(text); return 0; }); }
                            @POST @RequiresPermission("notes.write")
                            public Response add(Map<String, String> note) throws Exception {
                                String text = note.get("text");
                                Thread.sleep(Long.parseLong(note.getOrDefault("millis", "0")));
                                add(text);
                                return Response.status(201).entity(Map.of("text", text, "at", System.nanoTime()))
                                        .header("Location", "/api/v1/notes/notes/" + text).build();
                            }
                            @POST @Path("failing") @RequiresPermission("notes.write")
                            public Map<String, String> fail(Map<String, String> note) {
                                if (note.containsKey("after")) add(note.get("text"));
                                throw new IllegalStateException("broken");
                            }
                            @POST @Path("large") @RequiresPermission("notes.write")
                            public Map<String, String> large(Map<String, String> note) {
                                add(note.get("text"));
                                return Map.of("text", "x".repeat(1_200_000));
                            }
                            @POST @Path("secret") @RequiresPermission("notes.write")
                            public Response secret(Map<String, String> note) {
                                add(note.get("text"));
                                return Response.ok(Map.of("key", "very secret")).header("Cache-Control", "no-store").build();
                            }
                            @POST @Path("nothing") @RequiresPermission("notes.write")
                            public void nothing(Map<String, String> note) { add(note.get("text")); }
                            @GET @Path("{text}") @RequiresPermission("notes.read")
                            public Map<String, Long> count(@PathParam("text") String text) {
                                return Map.of("count", store.read(NoteMapper.class, notes -> notes.count(text)));
                            }
                        }
                        """)
                .build(folder);
    }

    @AfterAll
    static void stopServers() {
        CLIENT.close();
        first.close();
        second.close();
    }

    @Test
    void aRepeatedRequestIsDoneOnceAndAnsweredAlike() throws Exception {
        HttpResponse<String> once = post(first, NOTES, "k-once", "{\"text\":\"once\"}");
        HttpResponse<String> again = post(second, NOTES, "k-once", "{\"text\":\"once\"}");

        assertThat(once.statusCode()).isEqualTo(201);
        assertThat(once.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(once.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(once.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(count("once")).isEqualTo(1);
    }

    @Test
    void anAnswerWithoutABodyIsRepeatedToo() throws Exception {
        assertThat(post(first, NOTES + "/nothing", "k-nothing", "{\"text\":\"nothing\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(post(first, NOTES + "/nothing", "k-nothing", "{\"text\":\"nothing\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(count("nothing")).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() throws Exception {
        post(first, NOTES, "k-other", "{\"text\":\"a\"}");

        problem(post(first, NOTES, "k-other", "{\"text\":\"b\"}"), 422, "kernel.idempotency-mismatch");
        problem(post(first, NOTES + "/nothing", "k-other", "{\"text\":\"a\"}"), 422, "kernel.idempotency-mismatch");
    }

    @Test
    void aRepetitionWhileTheFirstRunsIsTurnedAway() throws Exception {
        List<HttpResponse<String>> answers = together(8, "k-race", "{\"text\":\"race\",\"millis\":\"700\"}");

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .hasSize(7)
                .allSatisfy(answer -> problem(answer, 409, "kernel.idempotency-running"));
        assertThat(count("race")).isEqualTo(1);
    }

    private static List<HttpResponse<String>> together(int callers, String key, String body) throws Exception {
        List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Kernel server = i % 2 == 0 ? first : second;
            calls.add(() -> post(server, NOTES, key, body));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
            return answers;
        }
    }

    @Test
    void aFailureThatChangedNothingFreesTheKey() throws Exception {
        assertThat(post(first, NOTES + "/failing", "k-fail", "{\"text\":\"fail\"}")
                        .statusCode())
                .isEqualTo(500);
        assertThat(post(first, NOTES, "k-fail", "{\"text\":\"fail\"}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void aFailureAfterAChangeIsRepeatedAndNotDoneAgain() throws Exception {
        String body = "{\"text\":\"half\",\"after\":\"yes\"}";
        HttpResponse<String> once = post(first, NOTES + "/failing", "k-half", body);
        HttpResponse<String> again = post(second, NOTES + "/failing", "k-half", body);

        assertThat(once.statusCode()).isEqualTo(500);
        assertThat(again.body()).isEqualTo(once.body());
        assertThat(count("half")).isEqualTo(1);
    }

    @Test
    void anAttemptThatBrokeOffBeforeItChangedAnythingIsDoneAgain() throws Exception {
        post(first, NOTES, "k-dead", "{\"text\":\"dead\"}");
        asIfKilled("k-dead", false);

        HttpResponse<String> again = post(second, NOTES, "k-dead", "{\"text\":\"dead\"}");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void anAttemptThatBrokeOffAfterAChangeIsNotDoneAgain() throws Exception {
        post(first, NOTES, "k-changed", "{\"text\":\"changed\"}");
        asIfKilled("k-changed", true);

        problem(post(second, NOTES, "k-changed", "{\"text\":\"changed\"}"), 409, "kernel.idempotency-answer-lost");
        assertThat(count("changed")).isEqualTo(1);
    }

    @Test
    void anAttemptThatWasTakenForDeadChangesNothingMore() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> paused =
                    threads.submit(() -> post(first, NOTES, "k-paused", "{\"text\":\"paused\",\"millis\":\"1500\"}"));
            awaitRunning("k-paused");
            sql(
                    "UPDATE mortise.idempotent_request SET leased_until = now() - interval '1 second' WHERE key = 'k-paused'");

            HttpResponse<String> successor =
                    post(second, NOTES, "k-paused", "{\"text\":\"paused\",\"millis\":\"1500\"}");

            assertThat(successor.statusCode()).isEqualTo(201);
            problem(paused.get(), 409, "kernel.idempotency-taken-over");
            assertThat(count("paused")).isEqualTo(1);
        }
    }

    @Test
    void aLargeAnswerAndASecretOneAreNotKept() throws Exception {
        for (String path : List.of(NOTES + "/large", NOTES + "/secret")) {
            String body = "{\"text\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\"}";
            assertThat(post(first, path, "k" + path, body).statusCode()).isEqualTo(200);
            problem(post(first, path, "k" + path, body), 409, "kernel.idempotency-answer-lost");
        }
        assertThat(count("large")).isEqualTo(1);
        assertThat(query(
                        "SELECT count(*) FROM mortise.idempotent_request WHERE encode(body, 'escape') LIKE '%secret%'"))
                .isEqualTo("0");
    }

    @Test
    void aKeyIsForgottenAfterADay() throws Exception {
        post(first, NOTES, "k-old", "{\"text\":\"old\"}");
        sql("UPDATE mortise.idempotent_request SET created_at = now() - interval '25 hours' WHERE key = 'k-old'");

        assertThat(post(first, NOTES, "k-old", "{\"text\":\"new\"}").statusCode())
                .isEqualTo(201);
        sql("UPDATE mortise.idempotent_request SET created_at = now() - interval '25 hours' WHERE key = 'k-old'");
        assertThat(query("SELECT mortise.forget_idempotent_requests()")).isEqualTo("1");
    }

    @Test
    void aMalformedKeyIsRefusedAndAQuotedOneIsTheSame() throws Exception {
        for (String bad : List.of("", "a".repeat(256), "two words", "\"open")) {
            problem(post(first, NOTES, bad, "{\"text\":\"bad\"}"), 400, "kernel.idempotency-key-invalid");
        }
        post(first, NOTES, "\"k-quoted\"", "{\"text\":\"quoted\"}");
        assertThat(post(first, NOTES, "k-quoted", "{\"text\":\"quoted\"}")
                        .headers()
                        .firstValue("Idempotency-Replayed"))
                .isPresent();
    }

    @Test
    void aBodyThatIsTooLargeForAKeyIsRefusedBeforeAnythingIsDone() throws Exception {
        String body = "{\"text\":\"big\",\"more\":\"" + "x".repeat(1 << 20) + "\"}";

        problem(post(first, NOTES, "k-big", body), 400, "kernel.idempotency-unsupported");
        assertThat(count("big")).isZero();
    }

    private static HttpResponse<String> post(Kernel server, String path, String key, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(server.url().resolve(path))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static long count(String text) throws SQLException {
        return Long.parseLong(query("SELECT count(*) FROM notes.note WHERE text = '" + text + "'"));
    }

    /** Puts the row into the state that kill -9 leaves behind, once the lease has run out. */
    private static void asIfKilled(String key, boolean afterCommit) throws SQLException {
        sql("UPDATE mortise.idempotent_request SET state = 'RUNNING', status = NULL, headers = NULL, body = NULL,"
                + " effect_at = " + (afterCommit ? "now()" : "NULL")
                + ", leased_until = now() - interval '1 second' WHERE key = '" + key + "'");
    }

    private static void awaitRunning(String key) throws SQLException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (query("SELECT count(*) FROM mortise.idempotent_request WHERE key = '" + key + "'")
                .equals("0")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = administrator();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String query(String statement) throws SQLException {
        try (Connection connection = administrator();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(statement)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection administrator() throws SQLException {
        DatabaseAddress all = TestDatabase.server().administrator();
        return TestDatabase.connect(new DatabaseAddress(database.jdbcUrl(), all.ownerUser(), all.ownerPassword()));
    }
}
