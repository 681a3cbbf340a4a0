package dev.mortise.sandbox.worker.js;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.sandbox.worker.testkit.PlainScripts;
import dev.mortise.sandbox.worker.testkit.ScriptCall;
import dev.mortise.sandbox.worker.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Harmless scripts return what they return elsewhere. */
@Tag("X1")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainIT {
    private final WorkerProcess worker = WorkerProcess.start(Kit.folder());

    static List<PlainScripts> scripts() {
        return PlainScripts.in(Path.of("src/test/resources/plain"), PlainIT::function);
    }

    @AfterAll
    void end() {
        worker.close();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aPlainScriptReturnsWhatItsUsualInterpreterDoes(PlainScripts script) {
        assertThat(worker.call(ScriptCall.of(script.body())
                                .withInput(PlainScripts.INPUT)
                                .withLimits(10_000, 2_000, 100_000, 1_000)
                                .withWall(Duration.ofSeconds(30)))
                        .text())
                .isEqualTo(script.expected());
    }

    private static String function(String line) {
        return "function main(input) { " + line + " }";
    }
}
