package dev.mortise.kernel.setting;

import static dev.mortise.kernel.setting.SettingsBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.setting.SettingsBench.Answer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was set has versions: whom they hold off, and how an older one comes back. */
class SettingsVersionsTest extends RunningSettings {
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
            return futures.stream().map(SettingsVersionsTest::result).toList();
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
}
