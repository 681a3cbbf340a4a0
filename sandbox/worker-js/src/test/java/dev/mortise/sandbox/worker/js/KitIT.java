package dev.mortise.sandbox.worker.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.sandbox.worker.testkit.ScriptCall;
import dev.mortise.sandbox.worker.testkit.WorkerProcess;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that a worker is started from, wherever it is copied to. */
@Tag("X2")
class KitIT {
    @TempDir
    Path elsewhere;

    @Test
    void aCopyThatKeepsTimesStartsByTheCache() throws IOException {
        assumeTrue(Files.exists(Kit.folder().resolve("worker.aot")), "The kit was built without its start-up cache");
        copy(StandardCopyOption.COPY_ATTRIBUTES);

        // With this mode the JVM ends where it cannot use the cache.
        assertThat(one("-XX:AOTMode=on")).isEqualTo("1");
    }

    @Test
    void aCopyWithOtherTimesStartsWithoutIt() throws IOException {
        copy();

        assertThat(one()).isEqualTo("1");
    }

    @Test
    void itNamesNoPlaceOfTheMachineThatBuiltIt() throws IOException {
        assertThat(Files.readString(Kit.folder().resolve("worker.args")))
                .doesNotContain(System.getProperty("user.home"))
                .doesNotContain(Kit.folder().toString())
                .doesNotContainPattern("(?m)(^|[:=])/");
    }

    private String one(String... flags) {
        try (WorkerProcess worker = WorkerProcess.start(elsewhere, flags)) {
            return worker.call(ScriptCall.of("1")).text();
        }
    }

    private void copy(CopyOption... options) throws IOException {
        try (Stream<Path> files = Files.walk(Kit.folder())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path copy = elsewhere.resolve(Kit.folder().relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, options);
            }
        }
    }
}
