package dev.mortise.kernel.setting;

import static dev.mortise.kernel.setting.SettingsBench.SERVER;
import static dev.mortise.kernel.setting.SettingsBench.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.setting.SettingsBench.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Settings of a running plugin, changed over HTTP. */
@Tag("K4")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsTest {
    private static final String FILE = """
            plugins:
              mail:
                host: in.the.file
                port: ${env:MAIL_PORT}
                password: in-the-file
            """;

    private SettingsBench bench;
    private Kernel kernel;

    @BeforeAll
    void start(@TempDir Path folder) {
        bench = new SettingsBench(folder);
        kernel = bench.start(FILE, SettingsBench.mail("1.0.0").build(folder));
    }

    @AfterAll
    void close() {
        bench.close();
    }

    @BeforeEach
    void takeEverythingBack() {
        assertThat(bench.send(kernel, "PUT", SERVER, "{}", "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(bench.send(kernel, "PUT", TENANT, "{}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    private String seen() {
        return SettingsBench.seen(kernel);
    }

    private Answer set(String patch) {
        return bench.set(kernel, patch);
    }

    @Test
    void whatNobodyHasSetComesFromTheFile() {
        assertThat(seen()).contains("host=in.the.file", "port=2525", "ratio=null", "password=in-the-file");
    }

    @Test
    void aValueHoldsAtTheNextCall() {
        Answer answer = set("{\"port\": 25, \"timeout\": \"PT3S\", \"headers\": {\"a\": \"b\"}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(seen()).contains("host=in.the.file", "port=25", "timeout=PT3S", "headers={a=b}");
        assertThat(answer.body().at("/values/port").asInt()).isEqualTo(25);
        assertThat(answer.body().at("/effective/host").asString()).isEqualTo("in.the.file");
        assertThat(answer.body().at("/sources/host").asString()).isEqualTo("file");
        assertThat(answer.body().at("/sources/port").asString()).isEqualTo("server");
        assertThat(answer.body().at("/changedBy").asString()).startsWith("key:");
        assertThat(answer.body().at("/problems")).isEmpty();
    }

    @Test
    void aValueThatIsTakenBackIsTheFilesAgain() {
        set("{\"host\": \"mine\", \"loud\": true}");

        set("{\"host\": null}");

        assertThat(seen()).contains("host=in.the.file", "loud=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"port\": \"25\"}                               | /port: | integer",
                "{\"port\": 25.5}                                 | /port: | integer",
                "{\"port\": 0}                                    | /port: | minimum",
                "{\"port\": 65536}                                | /port: | maximum",
                "{\"port\": 99999999999999999999}                 | /port: | maximum",
                "{\"port\": [25]}                                 | /port: | integer",
                "{\"ratio\": 1.01}                                | /ratio: | maximum",
                "{\"ratio\": 1e999}                               | /ratio: | beyond",
                "{\"loud\": \"true\"}                             | /loud: | boolean",
                "{\"host\": \"with blank\"}                       | /host: | pattern",
                "{\"host\": 5}                                    | /host: | string",
                "{\"host\": \"a\\u0000b\"}                        | /host: | NUL",
                "{\"host\": \"\\ud83d\"}                          | /host: | surrogate",
                "{\"prot\": 25}                                   | /prot: | known are headers, host, loud",
                "{\"headers\": {\"a\": 1}}                        | /headers/a: | string",
                "{\"relays\": [{\"name\": 1}]}                    | /relays/0/name: | string",
                "{\"relays\": [{\"nmae\": \"x\"}]}                | /relays/0/nmae: | not known",
                "{\"relays\": [{},{},{},{}]}                      | /relays: | 3",
                "{\"relays\": [{\"name\":\"a\"},{\"name\":\"a\"}]}| Set for the server | two relays have the same name",
                "{\"timeout\": \"soon\"}                          | timeout | ",
                "{\"password\": \"plain\"}                        | /password: | secret:NAME",
                "{\"password\": \"secret:not there\"}             | /password: | secret:NAME",
                "{\"password\": \"secret:nobody\"}                | \"nobody\" | not there",
                "{\"relays\": [{\"name\":\"a\",\"key\":\"k\"}]}   | /relays/0/key: | secret:NAME",
                "[1]                                              | no JSON object | ",
                "7                                                | no JSON object | ",
                "{\"port\": 1, \"port\": 2}                       | no JSON | ",
                "{\"port\": 1                                     | no JSON | ",
            })
    void aWrongValueIsRefusedWithItsPathAndTheOldOneStays(String patch, String path, String reason) {
        set("{\"port\": 99, \"host\": \"before\"}");
        long version = show().at("/version").asLong();

        Answer refused = set(patch);

        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(400);
        assertThat(refused.body().at("/detail").asString()).contains(path);
        assertThat(refused.body().at("/detail").asString()).contains(reason == null ? "" : reason);
        assertThat(seen()).contains("port=99", "host=before");
        assertThat(show().at("/version").asLong()).isEqualTo(version);
    }

    private JsonNode show() {
        return bench.send(kernel, "GET", SERVER, "").body();
    }

    @Test
    void aHugeValueIsRefused() {
        Answer refused = set("{\"headers\": {\"a\": \"" + "x".repeat(300_000) + "\"}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/detail").asString())
                .contains("262144 bytes")
                .hasSizeLessThan(1_000);
    }

    @Test
    void aDeepValueIsRefused() {
        for (int depth : new int[] {40, 5_000}) {
            Answer refused = set("{\"headers\": " + "[".repeat(depth) + "]".repeat(depth) + "}");

            assertThat(refused.status()).as("depth " + depth).isEqualTo(400);
        }
        assertThat(seen()).contains("headers=null");
    }

    @Test
    void manyFaultsAreToldInFewWords() {
        StringBuilder many = new StringBuilder("{");
        IntStream.range(0, 2_000).forEach(i -> many.append(i == 0 ? "" : ",").append("\"x" + i + "\": 1"));

        Answer refused = set(many + "}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/detail").asString())
                .contains("and 1990 more")
                .hasSizeLessThan(3_000);
    }

    @Test
    void textsOfAllScriptsComeBackAsTheyWere() {
        String text = "Zürich\u2028🚗\u202eقرطبة\uffff";

        set("{\"headers\": {\"" + text + "\": \"" + text + "\"}}");

        assertThat(seen()).contains("headers={" + text + "=" + text + "}");
        assertThat(show().at("/values/headers").propertyNames()).containsExactly(text);
    }

    @Test
    void aReplacementNamesTheVersionThatItIsBasedOn() {
        String tag = bench.send(kernel, "GET", SERVER, "").tag();
        assertThat(bench.send(kernel, "PUT", SERVER, "{\"port\": 1}").status()).isEqualTo(428);
        assertThat(bench.send(kernel, "PUT", SERVER, "{\"port\": 2}", "If-Match", tag)
                        .status())
                .isEqualTo(200);

        Answer stale = bench.send(kernel, "PUT", SERVER, "{\"port\": 3}", "If-Match", tag);

        assertThat(stale.status()).isEqualTo(412);
        assertThat(seen()).contains("port=2");
    }

    @Test
    void ofConcurrentWritersWithOneTagOneWins() {
        String tag = bench.send(kernel, "GET", SERVER, "").tag();

        List<Integer> statuses = inParallel(
                8,
                i -> bench.send(kernel, "PUT", SERVER, "{\"port\": " + (i + 1) + "}", "If-Match", tag)
                        .status());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(7);
    }

    @Test
    void concurrentPatchesAllHold() {
        List<Integer> statuses =
                inParallel(8, i -> set("{\"headers\": {\"h" + i + "\": \"v\"}}").status());

        assertThat(statuses).containsOnly(200);
        assertThat(show().at("/values/headers")).hasSize(8);
    }

    private static List<Integer> inParallel(int count, java.util.function.IntFunction<Integer> work) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> futures = IntStream.range(0, count)
                    .mapToObj(i -> executor.submit(() -> work.apply(i)))
                    .toList();
            return futures.stream().map(SettingsTest::result).toList();
        }
    }

    private static int result(Future<Integer> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSameValuesMakeNoNewVersion() {
        long version = set("{\"port\": 5}").body().at("/version").asLong();

        assertThat(set("{\"port\": 5}").body().at("/version").asLong()).isEqualTo(version);
    }

    @Test
    void anOlderVersionComesBackAsANewOne() {
        long first = set("{\"port\": 11}").body().at("/version").asLong();
        long second =
                set("{\"port\": 12, \"loud\": true}").body().at("/version").asLong();

        Answer restored = bench.send(kernel, "POST", SERVER + "/history/" + first + "/restore", "");

        assertThat(restored.body().at("/version").asLong()).isEqualTo(second + 1);
        assertThat(seen()).contains("port=11", "loud=false");
        JsonNode history =
                bench.send(kernel, "GET", SERVER + "/history?limit=2", "").body();
        assertThat(history.at("/items")).hasSize(2);
        assertThat(history.at("/items/0/restored").asLong()).isEqualTo(first);
        assertThat(history.at("/items/1/values/loud").asBoolean()).isTrue();
        String next = history.at("/next").asString();
        JsonNode more = bench.send(kernel, "GET", SERVER + "/history?limit=2&after=" + next, "")
                .body();
        assertThat(more.at("/items/0/version").asLong()).isEqualTo(first);
    }

    @Test
    void versionZeroIsNothing() {
        set("{\"port\": 11}");

        assertThat(bench.send(kernel, "POST", SERVER + "/history/0/restore", "").status())
                .isEqualTo(200);

        assertThat(seen()).contains("port=2525");
    }

    @Test
    void aVersionThatNeverWasIsNotFound() {
        for (String version : List.of("999999", "-1", "9223372036854775807", "-9223372036854775808")) {
            Answer answer = bench.send(kernel, "POST", SERVER + "/history/" + version + "/restore", "");
            assertThat(answer.status()).as(version).isEqualTo(404);
        }
    }

    @Test
    void aChangeIsOnRecordWithTheNamesAndNotTheValues() {
        set("{\"host\": \"secretive.example\"}");

        Answer record = bench.send(kernel, "GET", "/api/v1/kernel/audit?action=kernel.settings&limit=1", "");

        assertThat(record.body().at("/items/0/target").asString()).isEqualTo("plugins/mail/settings");
        assertThat(record.body().at("/items/0/details/changed").asString()).isEqualTo("host");
        assertThat(record.body().toString()).doesNotContain("secretive");
    }

    @Test
    void aTenantChoosesForItselfOnly() {
        TenantId other = bench.newTenant("other");
        String key = bench.keyOf(other);
        set("{\"host\": \"server.wide\"}");

        Answer chosen = bench.sendAs(key, kernel, "PATCH", TENANT, "{\"host\": \"of.the.other\"}");

        assertThat(chosen.status()).as(chosen.body().toString()).isEqualTo(200);
        assertThat(chosen.body().at("/sources/host").asString()).isEqualTo("tenant");
        assertThat(bench.sendAs(key, kernel, "GET", "/api/v1/mail/seen", "")
                        .body()
                        .asString())
                .contains("host=of.the.other");
        assertThat(seen()).contains("host=server.wide");
        assertThat(bench.send(kernel, "GET", TENANT, "").body().toString()).doesNotContain("of.the.other");
        assertThat(bench.send(kernel, "GET", TENANT + "/history", "").body().toString())
                .doesNotContain("of.the.other");
        assertThat(bench.send(kernel, "POST", TENANT + "/history/1/restore", "")
                        .body()
                        .toString())
                .doesNotContain("of.the.other");
    }

    @Test
    void aTenantSetsNothingThatIsTheOperators() {
        Answer refused = bench.send(kernel, "PATCH", TENANT, "{\"port\": 1, \"password\": \"secret:x\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/detail").asString()).contains("/port: is not among", "/password: is not among");
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        TenantId tenant = kernel.systemContext().tenant();
        String reader = bench.keyOf(tenant, "kernel.settings.read", "kernel.tenant-settings.write");

        assertThat(bench.sendAs(reader, kernel, "GET", SERVER, "").status()).isEqualTo(200);
        assertThat(bench.sendAs(reader, kernel, "PATCH", SERVER, "{\"port\": 1}")
                        .status())
                .isEqualTo(403);
        assertThat(bench.sendAs(reader, kernel, "GET", TENANT, "").status()).isEqualTo(403);
        assertThat(bench.sendAs(reader, kernel, "PATCH", TENANT, "{\"host\": \"x\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownPluginIsNotFound() {
        for (String path : List.of(
                "/api/v1/kernel/plugins/nobody/settings",
                "/api/v1/kernel/plugins/nobody/settings/schema",
                "/api/v1/kernel/tenant/settings/nobody",
                "/api/v1/kernel/tenant/settings/%00",
                "/api/v1/kernel/tenant/settings/mail/historia")) {
            assertThat(bench.send(kernel, "GET", path, "").status()).as(path).isIn(400, 404);
        }
    }

    @Test
    void theSchemaSaysWhatIsKnown() {
        JsonNode schema = bench.send(kernel, "GET", SERVER + "/schema", "").body();

        assertThat(schema.at("/$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.at("/properties/host/x-tenant").asBoolean()).isTrue();
        assertThat(schema.at("/properties/port/description").asString()).isEqualTo("The port.");
        assertThat(schema.at("/properties/port/maximum").asInt()).isEqualTo(65535);
        assertThat(schema.at("/properties/relays/maxItems").asInt()).isEqualTo(3);
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
        assertThat(bench.send(kernel, "GET", TENANT + "/schema", "").body()).isEqualTo(schema);
    }

    @Test
    void aSecretOfTheFileIsShownToNobody() {
        set("{\"host\": \"x\"}");

        String everything = bench.send(kernel, "GET", SERVER, "").body().toString()
                + bench.send(kernel, "GET", TENANT, "").body()
                + bench.send(kernel, "GET", SERVER + "/history", "").body()
                + set("{\"password\": \"in-the-request\"}").body();

        assertThat(everything).contains("(hidden)").doesNotContain("in-the-file", "in-the-request");
    }

    @Test
    void aWatchIsToldOfEachChange() {
        set("{\"port\": 31}");
        SettingsBench.await(
                "the watch is told",
                Duration.ofSeconds(5),
                () -> SettingsBench.watched(kernel).contains("port=31"));

        set("{\"port\": 32}");

        SettingsBench.await(
                "the watch is told again",
                Duration.ofSeconds(5),
                () -> SettingsBench.watched(kernel)
                        .lines()
                        .reduce("", (_, last) -> last)
                        .contains("port=32"));
    }
}
