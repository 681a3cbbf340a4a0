package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.audit.AuditEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes extend one chain. */
@Tag("G1")
@Tag("K6")
@Timeout(90)
class SeveralNodesTest {
    private static final int WRITERS = 9;
    private static final int ENTRIES = 60;

    @TempDir
    Path one;

    @TempDir
    Path two;

    @TempDir
    Path three;

    @Test
    void theChainIsWholeAndHasEveryEntryOnce() throws Exception {
        try (AuditBench first = new AuditBench(one);
                AuditBench second = first.node(two, Optional.empty());
                AuditBench third = first.node(three, Optional.empty())) {
            List<AuditBench> nodes = List.of(first, second, third);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> writers = IntStream.range(0, WRITERS)
                        .<Future<?>>mapToObj(writer -> threads.submit(() -> write(nodes.get(writer % 3), writer)))
                        .toList();
                for (Future<?> writer : writers) {
                    writer.get();
                }
            }

            for (AuditBench node : nodes) {
                ChainCheck.Verdict verdict = node.verify();
                assertThat(verdict.fault()).isEmpty();
                assertThat(verdict.entries()).isEqualTo(WRITERS * ENTRIES);
            }
            assertThat(first.asOwner("SELECT count(DISTINCT target) FROM mortise.audit_entry"))
                    .isEqualTo(String.valueOf(WRITERS * ENTRIES));
        }
    }

    private static void write(AuditBench node, int writer) {
        for (int i = 0; i < ENTRIES; i++) {
            String target = writer + "/" + i;
            node.alice.run(() -> node.room.audit().record(AuditEntry.done("test", target)));
        }
    }
}
