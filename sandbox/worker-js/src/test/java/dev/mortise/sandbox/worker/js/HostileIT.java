package dev.mortise.sandbox.worker.js;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.sandbox.worker.testkit.HostileScripts;
import dev.mortise.sandbox.worker.testkit.ScriptCall;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that try to get out, or to break the worker for the next one. */
@Tag("X3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileIT {
    private final HostileScripts scripts = new HostileScripts(Kit.folder(), 400, ScriptCall.of("1"));

    static List<Path> files() {
        return HostileScripts.in(Path.of("src/test/resources/hostile"));
    }

    @BeforeAll
    void thereAreManyOfThem() {
        assertThat(files()).hasSizeGreaterThan(100);
    }

    @AfterAll
    void end() {
        scripts.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aHostileScriptEndsInItsKindAndTheNextCallIsFine(Path file) {
        assertThat(scripts.wrong(file)).isEmpty();
    }
}
