package dev.mortise.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.Confinement;
import dev.mortise.api.sandbox.FailureKind;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.sandbox.HostFunction;
import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.LeaseRequest;
import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.SourcePlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The broker and JavaScript workers, as other plugins and HTTP clients see them. */
@Tag("X2")
class BrokerIT {
    private static final LeaseRequest REQUEST = LeaseRequest.of(Language.JAVASCRIPT);

    private static SandboxFixture sandbox;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        sandbox = SandboxFixture.start(folder, "");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    @Tag("X1")
    void jsonGoesInAndComesOut() {
        Outcome outcome = sandbox.run(
                REQUEST, "function main(o) { console.log('net', o.net); return {gross: o.net * 2}; }", "{\"net\":100}");

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Completed.class, done -> {
            assertThat(done.json()).isEqualTo("{\"gross\":200}");
            assertThat(done.log()).isEqualTo("net 100\n");
            assertThat(done.usage().cpu()).isPositive();
        });
    }

    @Test
    void aFailureTellsWhereInTheUsersSource() {
        Outcome outcome = sandbox.run(REQUEST, "function main() {\n  throw new Error('no stock');\n}", "null");

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.THROWN);
            assertThat(failed.message()).contains("no stock");
            assertThat(failed.place()).map(SourcePlace::line).contains(2);
        });
    }

    @ParameterizedTest
    @Tag("X3")
    @CsvSource(
            delimiter = '|',
            value = {
                "while (true) {} | CPU",
                "'x'.repeat(2**29) + new Array(1e9).fill(1) | MEMORY",
                "function f() { return f() + 1 } f() | STACK",
                "'x'.repeat(3000) | OUTPUT",
                "host.nothing.here(1) | HOST_DENIED",
                "const a = {}; a.a = a; a | NOT_JSON",
                "new Promise(() => {}) | UNSETTLED",
                "function ( | SYNTAX"
            })
    void eachLimitHasAKindOfItsOwn(String source, FailureKind kind) {
        LeaseRequest request = REQUEST.withLimits(
                Limits.standard().withWall(Duration.ofSeconds(60)).withOutputBytes(2000));

        Outcome outcome = sandbox.run(request, source, "null");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(kind));
        assertThat(sandbox.run(REQUEST, "1 + 1", "null")).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    @Tag("X3")
    void aScriptThatIsNotEndedFromWithinIsKilledByTheClock() {
        LeaseRequest request = REQUEST.withLimits(
                Limits.standard().withCpu(Duration.ofSeconds(20)).withWall(Duration.ofMillis(300)));

        long began = System.nanoTime();
        Outcome outcome = sandbox.run(request, "while (true) {}", "null");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.WALL));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aLeaseGoesOnAfterItsWorkerWasKilled() {
        LeaseRequest request = REQUEST.withLimits(
                Limits.standard().withCpu(Duration.ofSeconds(20)).withWall(Duration.ofMillis(300)));

        sandbox.lease(request, lease -> {
            assertThat(lease.call(SandboxFixture.javascript("while (true) {}"), "null"))
                    .isInstanceOf(Outcome.Failed.class);
            assertThat(lease.call(SandboxFixture.javascript("2 + 2"), "null")).isInstanceOf(Outcome.Completed.class);
            return true;
        });
    }

    @Test
    @Tag("X4")
    void whatIsGrantedIsAnsweredByTheServer() {
        HostFunction twice = new HostFunction() {
            @Override
            public String name() {
                return "math.twice";
            }

            @Override
            public String call(String arguments) {
                return arguments.equals("[21]") ? "42" : "null";
            }
        };
        LeaseRequest request = REQUEST.withGrants(Grants.none().withFunctions(List.of(twice)));

        Outcome outcome = sandbox.run(request, "function main() { return host.math.twice(21); }", "null");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Completed.class, done -> assertThat(done.json()).isEqualTo("42"));
    }

    @Test
    @Tag("X4")
    void aMemoryOutlivesTheWorker() {
        LeaseRequest request = REQUEST.withGrants(Grants.none().withState("counter"));
        String count =
                "function main() { const n = (host.state.get('n') ?? 0) + 1; host.state.put('n', n); return n; }";

        sandbox.run(request, count, "null");
        Outcome second = sandbox.run(request, count, "null");

        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.Completed.class, done -> assertThat(done.json()).isEqualTo("2"));
    }

    @Test
    @Tag("X3")
    void hostCallsAreCounted() {
        LeaseRequest request = REQUEST.withLimits(Limits.standard().withHostCalls(3))
                .withGrants(Grants.none().withState("calls"));

        Outcome within = sandbox.run(request, "for (let i = 0; i < 3; i++) host.state.get('x'); 'ok'", "null");
        Outcome beyond =
                sandbox.run(request, "for (let i = 0; i < 4; i++) { try { host.state.get('x') } catch {} }", "null");

        assertThat(within).isInstanceOf(Outcome.Completed.class);
        assertThat(beyond)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.HOST_CALLS));
    }

    @Test
    @Tag("X4")
    void noRequestLeavesForTheServersOwnNetwork() {
        LeaseRequest request = REQUEST.withGrants(Grants.none()
                .withFetch(dev.mortise.api.sandbox.FetchGrant.of(
                        java.util.Set.of("127.0.0.1:1", "localhost:1", "[::1]:1"))));
        for (String host : List.of("127.0.0.1:1", "localhost:1", "[::1]:1", "169.254.169.254")) {
            Outcome outcome = sandbox.run(
                    request,
                    "function main(h) { try { return fetch('http://' + h) } catch (e) { return e.code } }",
                    "\"" + host + "\"");

            assertThat(outcome)
                    .as(host)
                    .isInstanceOfSatisfying(
                            Outcome.Completed.class,
                            done -> assertThat(done.json()).isEqualTo("\"sandbox.host-denied\""));
        }
    }

    @Test
    void whatIsTooMuchForAWorkerIsRefusedBeforeIt() {
        assertThatThrownBy(() -> sandbox.run(REQUEST, "1", "\"" + "x".repeat(5 << 20) + "\""))
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode().code()).isEqualTo("api.input-too-large"));
        assertThatThrownBy(() -> sandbox.lease(LeaseRequest.of(Language.SHELL), lease -> true))
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode().code()).isEqualTo("sandbox.language-missing"));
    }

    @Test
    void theServerSaysWhatHoldsHere() {
        JsonNode walls = sandbox.walls();

        Confinement level = Confinement.valueOf(walls.path("level").asString());
        assertThat(level).isGreaterThanOrEqualTo(Confinement.SELF_LOCK);
        assertThat(walls.path("runs").asBoolean()).isTrue();
        assertThat(walls.path("languages").path(0).path("language").asString()).isEqualTo("javascript");
    }

    @Test
    void aScriptRunsOverHttp() {
        JsonNode report = sandbox.post("function main(i) { return i.a + 1 }", ",\"input\":{\"a\":1}");

        assertThat(report.path("outcome").asString()).isEqualTo("COMPLETED");
        assertThat(report.path("result").asInt()).isEqualTo(2);
    }

    @Test
    void aWorkerIsGoneWhenItsLeaseIs() {
        sandbox.run(REQUEST, "1", "null");

        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sandbox.walls().path("languages").path(0).path("lent").asInt() > 0) {
            assertThat(System.nanoTime()).as("workers that are still lent").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
