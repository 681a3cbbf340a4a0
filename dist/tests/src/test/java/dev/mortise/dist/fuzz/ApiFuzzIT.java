package dev.mortise.dist.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent to whatever operation by whomever: the server answers with a result or a problem document, tells
 * nothing of its insides and nothing of another tenant, and goes on serving.
 */
@Tag("D1")
@Tag("G2")
class ApiFuzzIT {
    private static final long SECONDS = Long.getLong("mortise.fuzz.seconds", 25);
    private static final long SEED = Long.getLong("mortise.fuzz.seed", System.nanoTime());
    private static final int MOST_FINDINGS = 40;
    private static final String EXPIRED = "expired-key-0123456789abcdef0123456789";
    private static final List<String> PLUGINS =
            List.of("relaycore", "openai", "local-embeddings", "automatrix", "automotive", "sandbox");
    private static final Pattern ID = Pattern.compile("\"(?:id|name)\":\"([^\"]{1,80})\"");

    private static TestKernel kernel;
    private static HttpClient client;
    private static OtherTenant other;
    private static List<Operation> operations;
    private static JsonNode document;
    private static AnswerRules rules;
    private static String before;
    private static DatabaseAddress database;

    private final Random random = new Random(SEED);
    private final Map<String, String> findings = new TreeMap<>();

    @BeforeAll
    static void startServer() throws SQLException, IOException {
        System.out.println("ApiFuzzIT: " + SECONDS + " s, -Dmortise.fuzz.seed=" + SEED);
        Path catalogue = Path.of(System.getProperty("mortise.distribution")).resolve("catalogue");
        database = TestDatabase.fresh();
        kernel = TestKernel.on(
                database,
                "plugins: {sandbox: {workers: \""
                        + catalogue.resolveSibling("sandbox").normalize() + "\"}}");
        for (String plugin : PLUGINS) {
            kernel.plugins().install(jar(catalogue, plugin));
        }
        client = HttpClient.newHttpClient();
        document = kernel.get("/api/v1/openapi.json").body();
        operations = Operation.of(document);
        kernel.post("/api/v1/automatrix/workflows", "{\"template\":\"automotive/service-intake\"}");
        kernel.post("/api/v1/kernel/roles", "{\"name\":\"own\",\"permissions\":[\"kernel.roles.read\"]}");
        other = OtherTenant.make(kernel, database);
        before = other.everything();
        rules = new AnswerRules(OtherTenant.WORD);
    }

    /** The catalogue may have several versions of a plugin. */
    private static Path jar(Path catalogue, String id) throws IOException {
        try (Stream<Path> files = Files.list(catalogue)) {
            return files.filter(file -> file.getFileName().toString().matches(id + "-\\d.*\\.jar"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    @AfterAll
    static void stopServer() {
        client.close();
        kernel.close();
    }

    @Test
    void theDocumentHasOperationsOfTheKernelAndOfPlugins() {
        assertThat(operations)
                .hasSizeGreaterThan(60)
                .extracting(Operation::path)
                .anyMatch(path -> path.startsWith("/api/v1/kernel/"))
                .anyMatch(path -> path.startsWith("/api/v1/automatrix/"))
                .anyMatch(path -> path.startsWith("/api/v1/relaycore/"));
    }

    @Test
    void callersWithoutAGoodKeyAreRefusedByEveryOperation() throws Exception {
        OtherTenant.key(database, "default", EXPIRED, "2020-01-01T00:00:00Z");
        String revoked = revokedKey();
        String powerless = issued("powerless", "nothing.at.all");
        Attack attack = attack(List.of("x"));
        for (Operation operation : operations) {
            if (!operation.isOpen()) {
                for (String credential :
                        List.of("Bearer " + EXPIRED, "Bearer " + revoked, "Bearer guessed", "Basic eDp5", "")) {
                    expect(
                            operation,
                            attack.wellFormed(operation, credential.isEmpty() ? null : credential),
                            Set.of(401, 429));
                }
                expect(operation, attack.wellFormed(operation, "Bearer " + powerless), Set.of(403, 404, 400, 405, 200));
            }
        }
        assertNothingFound();
    }

    @Test
    void hostileRequestsGetAProblemAndNothingElse() throws Exception {
        List<String> ownIds = ids(kernel.get("/api/v1/kernel/roles").text()
                + kernel.get("/api/v1/automatrix/workflows").text());
        Attack attack = attack(ownIds.isEmpty() ? List.of("own") : ownIds);
        String[] keys = {"Bearer " + kernel.adminKey(), "Bearer " + issued("reader", "kernel.roles.read"), null};
        Map<Integer, Integer> statuses = new TreeMap<>();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        int sent = 0;
        while (System.nanoTime() < end || sent < operations.size()) {
            Operation operation = operations.get(sent % operations.size());
            String key = random.nextInt(10) > 0 ? keys[0] : keys[random.nextInt(keys.length)];
            HttpRequest request = random.nextInt(8) == 0 && operation.mayMeetWhatExists()
                    ? attack.wellFormed(operation, key)
                    : attack.hostile(operation, key);
            statuses.merge(send(operation, request), 1, Integer::sum);
            sent++;
        }
        System.out.println("ApiFuzzIT: " + sent + " requests to " + operations.size() + " operations: " + statuses);
        assertNothingFound();
        assertThat(other.everything()).as("what the other tenant has").isEqualTo(before);
        assertThat(kernel.get("/api/v1/kernel/info").status()).isEqualTo(200);
    }

    @Test
    void requestsThatNoClientWouldSendAreAnsweredByAProblemOrNotAtAll() throws IOException {
        RawRequests raw = new RawRequests(kernel.url(), kernel.adminKey());
        for (String request : raw.all()) {
            String name = request.substring(0, Math.min(120, request.length()));
            String answer;
            try {
                answer = raw.send(request);
            } catch (SocketException closedWhileSending) {
                continue; // As the server may with what it does not want to read.
            }
            assertThat(answer).as(name).doesNotContain("\tat ", "org.eclipse", "java.", OtherTenant.WORD);
            assertThat(answer).as(name).doesNotStartWith("HTTP/1.1 500");
            if (answer.startsWith("HTTP/1.1 4")) {
                assertThat(answer).as(name).contains("application/problem+json");
            }
        }
        assertThat(kernel.get("/api/v1/kernel/info").status()).isEqualTo(200);
    }

    private Attack attack(List<String> ownIds) {
        return new Attack(kernel.url(), document, random, ownIds, ids(before));
    }

    private static List<String> ids(String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = ID.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).contains(OtherTenant.WORD)) {
                found.add(matcher.group(1));
            }
        }
        return found.stream().sorted().toList();
    }

    private static String issued(String name, String permission) {
        return newKey(name, permission).path("key").asString();
    }

    private static JsonNode newKey(String name, String permission) {
        return kernel.post(
                        "/api/v1/kernel/api-keys",
                        "{\"name\":\"" + name + "\",\"permissions\":[\"" + permission + "\"]}")
                .body();
    }

    private static String revokedKey() {
        JsonNode key = newKey("revoked", "*");
        kernel.send(kernel.request("/api/v1/kernel/api-keys/" + key.path("id").asString())
                .DELETE()
                .build());
        return key.path("key").asString();
    }

    private void expect(Operation operation, HttpRequest request, Set<Integer> allowed) throws Exception {
        int status = send(operation, request);
        if (!allowed.contains(status)) {
            note(operation, "status " + status + " for a caller without the right", request, "");
        }
    }

    private int send(Operation operation, HttpRequest request) throws Exception {
        HttpResponse<String> answer;
        try {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            note(operation, "no answer: " + e, request, "");
            return 0;
        }
        for (String violation : rules.violations(answer)) {
            note(operation, violation, request, answer.body());
        }
        return answer.statusCode();
    }

    private void note(Operation operation, String what, HttpRequest request, String body) {
        if (findings.size() < MOST_FINDINGS) {
            findings.putIfAbsent(
                    operation.id() + ": " + what,
                    request.method() + " " + cut(request.uri().toString()) + " "
                            + cut(request.headers().map().toString()) + " -> " + cut(body));
        }
    }

    private static String cut(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }

    private void assertNothingFound() {
        List<String> lines = new ArrayList<>();
        findings.forEach((what, how) -> lines.add(what + "\n    " + how));
        assertThat(lines).as("seed " + SEED + "\n" + String.join("\n", lines)).isEmpty();
    }
}
