package dev.mortise.sandbox.worker.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.sandbox.worker.testkit.EscapeProbe;
import dev.mortise.sandbox.worker.testkit.WorkerProcess;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left to somebody who runs machine code in the worker's process. */
@Tag("X3")
class EscapeIT {
    @Test
    void behindTheLockNothingIsAllowedToWhoeverIsInTheProcess() throws Exception {
        assumeTrue(
                List.of("amd64", "x86_64").contains(System.getProperty("os.arch")),
                "The probe knows the system calls of x86-64 alone");
        try (WorkerProcess worker = WorkerProcess.startProbe(Kit.folder(), EscapeProbe.class, fixtures())) {
            List<String> lines = report(worker);

            assertThat(lines).filteredOn(line -> line.startsWith("allowed:")).isEmpty();
            assertThat(lines).filteredOn(line -> line.startsWith("refused:")).hasSizeGreaterThan(60);
        }
    }

    private static List<String> report(WorkerProcess worker) {
        Instant latest = Instant.now().plusSeconds(60);
        while (!worker.errors().contains(EscapeProbe.END)) {
            assertThat(Instant.now()).as(worker.errors()).isBefore(latest);
            Thread.onSpinWait();
        }
        return worker.errors().lines().toList();
    }

    private static Path fixtures() throws URISyntaxException {
        return Path.of(EscapeProbe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
