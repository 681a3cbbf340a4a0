package dev.mortise.kernel.setting;

import static dev.mortise.kernel.setting.SettingsBench.SERVER;
import static dev.mortise.kernel.setting.SettingsBench.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.setting.SettingsBench.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Settings of a running plugin, changed over HTTP. */
class SettingsTest extends RunningSettings {
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

    private void keep(String method, String body) {
        Answer answer = bench.send(kernel, method, "/api/v1/kernel/plugins/mail/secrets/relay", body);
        assertThat(answer.status()).isLessThan(300);
    }

    @Test
    void aSecretThatIsChangedOrDeletedReachesTheSettingsThatNameItAndTheirWatches() {
        keep("PUT", "{\"value\": \"first-value-of-it\"}");
        set("{\"password\": \"secret:relay\"}");
        assertThat(seen()).contains("password=first-value-of-it");

        keep("PUT", "{\"value\": \"second-value-of-it\"}");

        SettingsBench.await(
                "the new one is seen", Duration.ofSeconds(5), () -> seen().contains("password=second-value-of-it"));
        SettingsBench.await(
                "the watch is told",
                Duration.ofSeconds(5),
                () -> SettingsBench.watched(kernel)
                        .lines()
                        .reduce("", (_, last) -> last)
                        .contains("password=second-value-of-it"));

        keep("DELETE", "");

        // What names a secret that is not there does not hold: the layer below does.
        SettingsBench.await("it is gone", Duration.ofSeconds(5), () -> seen().contains("password=in-the-file"));
    }

    @Test
    void anotherSecretDisturbsNoWatch() {
        keep("PUT", "{\"value\": \"a-value-for-nobody\"}");
        set("{\"port\": 33}");
        SettingsBench.await(
                "the watch is told",
                Duration.ofSeconds(5),
                () -> SettingsBench.watched(kernel).contains("port=33"));
        String before = SettingsBench.watched(kernel);

        keep("PUT", "{\"value\": \"another-value-for-nobody\"}");
        set("{\"port\": 34}");

        SettingsBench.await(
                "the watch is told",
                Duration.ofSeconds(5),
                () -> SettingsBench.watched(kernel).contains("port=34"));
        assertThat(SettingsBench.watched(kernel).lines().count())
                .isEqualTo(before.lines().count() + 1);
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
