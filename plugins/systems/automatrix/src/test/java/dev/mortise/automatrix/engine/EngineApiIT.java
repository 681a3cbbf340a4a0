package dev.mortise.automatrix.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The engine as callers see it: what is taken, given the same twice, refused and listed. */
final class EngineApiIT extends RunningEngine {
    @Test
    void theSameKeyGivesTheSameRun() {
        publish("name: once\nsteps: [{id: a, node: test.echo, with: {v: \"${input.v}\"}}]");
        String path = API + "workflows/once/runs";

        TestResponse first = keyed(path, "k-1", "{\"v\":1}");
        TestResponse second = keyed(path, "k-1", "{ \"v\": 1 }");
        TestResponse other = keyed(path, "k-1", "{\"v\":2}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("code").asString()).isEqualTo("automatrix.idempotency-key-reused");
    }

    private static TestResponse keyed(String path, String key, String body) {
        return kernel.send(kernel.request(path)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    @Tag("W4")
    void publishingTheSameSourceAgainMakesNoNewVersion() {
        String source = "name: same\nsteps: [{id: a, node: test.echo}]";

        assertThat(publish(source).status()).isEqualTo(201);
        assertThat(publish(source).status()).isEqualTo(200);
        assertThat(publish(source + "\n").body().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void badInputIsRefusedClearly() {
        publish("name: any\nsteps: [{id: a, node: test.echo}]");
        String path = API + "workflows/any/runs";

        assertThat(kernel.post(path, "[1]").body().path("code").asString()).isEqualTo("automatrix.input-invalid");
        assertThat(kernel.post(path, "{\"a\":").status()).isEqualTo(400);
        assertThat(kernel.post(path, "{\"a\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(kernel.post(API + "workflows/nothing/runs", "{}").status()).isEqualTo(404);
        assertThat(kernel.get(API + "runs/00000000-0000-7000-8000-000000000000").status())
                .isEqualTo(404);
        assertThat(kernel.get(API + "runs/x").status()).isEqualTo(400);
        assertThat(publish("name: x\nsteps: [{id: a, node: test.ecko}]")
                        .body()
                        .path("detail")
                        .asString())
                .contains("line 2", "Did you mean test.echo?");
    }

    @Test
    void everyCharacterOfAnInputSurvives() {
        publish(
                "name: chars\nsteps: [{id: a, node: test.echo, with: {t: \"${input.t}\", n: \"${input.n}\"}}]\noutput: ${steps.a}");
        String input =
                "{\"t\":\"nul \\u0000 quote \\\" emoji \\uD83D\\uDE00 \\u2028\",\"n\":[1.5,9007199254740993,null,{}]}";

        JsonNode run = run("chars", input);

        assertThat(run.path("output")).as(run.toString()).isEqualTo(JSON.readTree(input));
    }

    @Test
    void listsGoOnWhereTheyEnded() {
        publish("name: paged\nsteps: [{id: a, node: test.echo}]");
        IntStream.range(0, 5).forEach(i -> run("paged", "{}"));

        JsonNode first = kernel.get(API + "runs?workflow=paged&limit=3").body();
        JsonNode second = kernel.get(API + "runs?workflow=paged&limit=3&after="
                        + first.path("next").asString())
                .body();

        assertThat(first.path("items")).hasSize(3);
        assertThat(second.path("items")).hasSize(2);
        assertThat(second.has("next")).isFalse();
    }
}
