package dev.mortise.automatrix.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EngineIT extends RunningEngine {
    @Test
    @Tag("W2")
    @Tag("W7")
    void aRunGoesThroughItsStepsToItsEnd() {
        publish("""
                name: greet
                steps:
                  - {id: up, node: test.upper, with: {text: "${input.name}"}}
                  - id: long
                    decide: [{when: size(steps.up) > 3, goto: polite}, {else: short}]
                  - {id: polite, node: test.echo, with: {text: "Dear ${steps.up}, you are ${input.age}"}, next: end}
                  - {id: short, node: test.echo, with: {text: "Hi ${steps.up}"}}
                """);

        JsonNode run = run("greet", "{\"name\":\"Ada Lovelace\",\"age\":36}");

        assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(run.path("output").path("text").asString()).isEqualTo("Dear ADA LOVELACE, you are 36");
        assertThat(steps(run)).extracting(step -> step.path("step").asString()).containsExactly("up", "long", "polite");
        assertThat(steps(run))
                .allSatisfy(step -> assertThat(step.path("state").asString()).isEqualTo("SUCCEEDED"));
    }

    @Test
    @Tag("W7")
    void skippedStepsAreAbsentInExpressions() {
        publish("""
                name: skips
                steps:
                  - id: way
                    decide: [{when: input.left, goto: left}, {else: right}]
                  - {id: left, node: test.echo, with: {v: 1}, next: end}
                  - {id: right, node: test.echo, with: {v: "${has(steps.left) ? 'left' : 'skipped'}", d: "${steps.?left.?v.orValue(0)}"}}
                """);

        assertThat(run("skips", "{\"left\":false}").path("output").toString()).isEqualTo("{\"v\":\"skipped\",\"d\":0}");
    }

    @Test
    void aBackwardGotoRepeatsStepsUnderNewKeys() {
        publish("""
                name: loop
                steps:
                  - {id: work, node: test.flaky, with: {failures: 0}}
                  - id: again
                    decide: [{when: steps.work.key.endsWith('/3'), goto: end}, {else: work}]
                output: ${steps.work.key}
                """);

        JsonNode run = run("loop", "{}");

        assertThat(run.path("output").asString()).isEqualTo(run.path("id").asString() + "/work/3");
        assertThat(steps(run)).hasSize(6);
    }

    @Test
    void aRunThatNeverEndsUsesUpItsBudget() {
        publish("""
                name: endless
                steps:
                  - {id: work, node: test.echo}
                  - id: again
                    decide: [{when: input.never, goto: end}, {else: work}]
                """);

        JsonNode run = run("endless", "{\"never\":false}");

        assertThat(run.path("state").asString()).isEqualTo("FAILED");
        assertThat(run.path("error").path("code").asString()).isEqualTo("automatrix.step-budget-used-up");
    }

    @Test
    @Tag("W5")
    void transientFailuresAreTriedAgainUnderTheSameKey() {
        publish("""
                name: flaky
                steps:
                  - {id: work, node: test.flaky, with: {failures: 2}, retry: {attempts: 4, backoff: PT0.01S, max: PT0.1S}}
                """);

        JsonNode run = run("flaky", "{}");

        assertThat(run.path("output").path("attempt").asInt()).isEqualTo(3);
        assertThat(run.path("output").path("key").asString())
                .isEqualTo(run.path("id").asString() + "/work/1");
        assertThat(steps(run))
                .extracting(step -> step.path("state").asString())
                .containsExactly("FAILED", "FAILED", "SUCCEEDED");
    }

    @Test
    @Tag("W5")
    void aLongPauseIsKeptInTheDatabaseAndHoldsNoPlace() {
        publish("""
                name: patient
                steps:
                  - {id: work, node: test.flaky, with: {failures: 1}, retry: {attempts: 2, backoff: PT2S}}
                """);
        String id = kernel.post(API + "workflows/patient/runs", "{}")
                .body()
                .path("id")
                .asString();

        JsonNode waiting = awaitState(id, "WAITING");

        assertThat(waiting.has("nextAttemptAt")).isTrue();
        assertThat(ended(id).path("output").path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("W5")
    void attemptsEndAndTheRunFails() {
        publish("""
                name: hopeless
                steps:
                  - {id: work, node: test.flaky, with: {failures: 9}, retry: {attempts: 2, backoff: PT0.01S}}
                """);

        JsonNode run = run("hopeless", "{}");

        assertThat(run.path("error").path("code").asString()).isEqualTo("model.unavailable");
        assertThat(run.path("error").path("step").asString()).isEqualTo("work");
        assertThat(run.path("error").path("message").asString()).contains("attempt 2");
    }

    @Test
    void otherFailuresEndTheRunAtOnce() {
        publish("""
                name: broken
                steps:
                  - {id: work, node: test.broken, with: {typed: true}}
                """);
        publish("""
                name: buggy
                steps:
                  - {id: work, node: test.broken}
                """);

        assertThat(run("broken", "{}").path("error").toString()).contains("api.input-invalid", "not good", "\"work\"");
        assertThat(run("buggy", "{}").path("error").path("code").asString()).isEqualTo("api.extension-failed");
    }

    @Test
    @Tag("W7")
    void anExpressionFailureNamesStepFieldExpressionAndPlace() {
        publish("""
                name: wrong
                steps:
                  - {id: say, node: test.echo, with: {to: {name: "Dear ${input.name}"}}}
                """);

        JsonNode run = run("wrong", "{\"nam\":\"x\"}");

        assertThat(run.path("error").path("code").asString()).isEqualTo("automatrix.expression-failed");
        assertThat(run.path("error").path("message").asString())
                .contains("Step say", "with.to.name", "input.name", "character 7");
    }

    @Test
    @Tag("W4")
    void aRunStaysOnItsVersion() {
        publish(
                "name: stay\nsteps: [{id: a, node: test.sleep, with: {ms: 700}}, {id: b, node: test.echo, with: {v: 1}}]");
        String id =
                kernel.post(API + "workflows/stay/runs", "{}").body().path("id").asString();
        publish("name: stay\nsteps: [{id: b, node: test.echo, with: {v: 2}}]");

        JsonNode old = ended(id);

        assertThat(old.path("version").asInt()).isEqualTo(1);
        assertThat(old.path("output").path("v").asInt()).isEqualTo(1);
        assertThat(run("stay", "{}").path("output").path("v").asInt()).isEqualTo(2);
    }

    @Test
    void aRunWaitsForANodeThatIsMissing() {
        try (TestKernel own = TestKernel.start(TestNodes.jar(folder, "1.0.1"), TestNodes.AUTOMATRIX)) {
            own.post(
                    API + "workflows",
                    JSON.createObjectNode()
                            .put(
                                    "source",
                                    "name: w\nsteps: [{id: a, node: test.sleep, with: {ms: 10}}, {id: b, node: test.upper, with: {text: x}}]")
                            .toString());
            own.plugins().stop("nodes");
            String id =
                    own.post(API + "workflows/w/runs", "{}").body().path("id").asString();
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!own.get(API + "runs/" + id).body().path("state").asString().equals("WAITING")
                    && System.nanoTime() < deadline) {
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(own.get(API + "runs/" + id).body().path("waitingFor").asString())
                    .isEqualTo("test.sleep");

            own.plugins().start("nodes");

            assertThat(own.get(API + "runs/" + id + "?wait=PT20S")
                            .body()
                            .path("output")
                            .asString())
                    .isEqualTo("X");
        }
    }

    @Test
    void aRunWaitsForAPluginThatItsNodeNeeds() {
        publish("name: needs\nsteps: [{id: a, node: test.needs, with: {v: 1}, retry: {attempts: 1}}]");
        String id = kernel.post(API + "workflows/needs/runs", "{}")
                .body()
                .path("id")
                .asString();
        assertThat(kernel.get(API + "runs/" + id + "?wait=PT1S")
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("WAITING");

        kernel.plugins().install(PluginJar.echo("late", "1.0.0").build(folder));

        assertThat(ended(id).path("output").path("v").asInt()).isEqualTo(1);
    }

    @Test
    void anUpdateOfTheEngineLosesNoRun() {
        try (TestKernel own = TestKernel.start(TestNodes.jar(folder, "1.0.2"), TestNodes.AUTOMATRIX)) {
            own.post(
                    API + "workflows",
                    JSON.createObjectNode()
                            .put(
                                    "source",
                                    "name: w\nsteps: [{id: a, node: test.sleep, with: {ms: 300}}, {id: b, node: test.sleep, with: {ms: 300}}, {id: c, node: test.upper, with: {text: x}}]")
                            .toString());
            var ids = IntStream.range(0, 100)
                    .mapToObj(i -> own.post(API + "workflows/w/runs", "{}")
                            .body()
                            .path("id")
                            .asString())
                    .toList();

            own.plugins().stop("automatrix");
            own.plugins().start("automatrix");

            assertThat(ids)
                    .allSatisfy(id -> assertThat(own.get(API + "runs/" + id + "?wait=PT30S")
                                    .body()
                                    .path("state")
                                    .asString())
                            .isEqualTo("SUCCEEDED"));
        }
    }

    @Test
    @Tag("W9")
    void aBacklogIsWorkedOff() {
        publish(
                "name: many\nsteps: [{id: a, node: test.sleep, with: {ms: 20}}, {id: b, node: test.echo, with: {v: 1}}]");
        var ids = IntStream.range(0, 500)
                .parallel()
                .mapToObj(i -> kernel.post(API + "workflows/many/runs", "{}")
                        .body()
                        .path("id")
                        .asString())
                .toList();

        assertThat(ids)
                .allSatisfy(id -> assertThat(ended(id).path("state").asString()).isEqualTo("SUCCEEDED"));
        assertThat(kernel.get(API + "runs?workflow=many&state=SUCCEEDED&limit=200")
                        .body()
                        .path("items"))
                .hasSize(200);
        assertThat(kernel.get("/metrics").text()).contains("automatrix_runs_ended");
    }
}
