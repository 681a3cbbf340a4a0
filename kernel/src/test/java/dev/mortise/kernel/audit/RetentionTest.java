package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Old entries, dropped by rule. */
@Tag("G1")
@Timeout(60)
class RetentionTest {
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private AuditBench bench;

    /** Twenty entries of 2024 with a checkpoint at their end, then five of today. */
    @BeforeEach
    void open() {
        try (AuditBench old = AuditBench.at(() -> LONG_AGO, folder, Optional.empty())) {
            old.record(20);
            bench = old.node(folder, Optional.empty());
        }
        bench.record(5);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private long dropOlderThan(Duration age) {
        return bench.room.retention().drop(bench.tenant, Instant.now().minus(age));
    }

    @Test
    void whatIsOldGoesAndTheRestStillVerifies() throws Exception {
        assertThat(dropOlderThan(Duration.ofDays(400))).isEqualTo(20);

        ChainCheck.Verdict verdict = bench.verify();
        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.start()).isEqualTo(20);
        assertThat(verdict.entries()).isEqualTo(6);
        assertThat(bench.asOwner("SELECT min(seq) FROM mortise.audit_entry")).isEqualTo("21");
        assertThat(bench.asOwner(
                        "SELECT details->>'entries' FROM mortise.audit_entry WHERE action = 'kernel.audit.dropped'"))
                .isEqualTo("20");
        assertThat(new ExportCheck(Set.of())
                        .verify(new BufferedReader(new StringReader(bench.export(AuditQuery.ALL))))
                        .fault())
                .isEmpty();
    }

    @Test
    void aNodeThatWasAwayBelievesTheSealedDrop() {
        dropOlderThan(Duration.ofDays(400));

        // Its anchor is at entry 20, which is gone.
        try (AuditBench again = bench.node(folder, Optional.empty())) {
            assertThat(again.verify().fault()).isEmpty();
        }
    }

    @Test
    void nothingYoungIsDropped() {
        assertThat(dropOlderThan(Duration.ofDays(4_000))).isZero();
        assertThatThrownBy(() -> bench.asServer("SELECT mortise.drop_audit_segment(25, uuidv7(), '')"))
                .hasMessageContaining("younger than 30 days");
    }

    @Test
    void theSettingDropsByItself() throws Exception {
        try (AuditBench keeping = bench.node(folder, Optional.of(Duration.ofDays(400)))) {
            for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; ) {
                if ("21".equals(keeping.asOwner("SELECT min(seq) FROM mortise.audit_entry"))) {
                    return;
                }
                Thread.onSpinWait();
            }
            throw new AssertionError("Nothing was dropped");
        }
    }

    @Test
    void aBeginningThatSomebodyElseDroppedIsFound() throws Exception {
        // With a genuine checkpoint for a seal, as somebody has it who can read the tables.
        bench.asOwner(
                "INSERT INTO mortise.audit_segment (seq, hash, seal_key, seal) SELECT seq, hash, seal_key, seal FROM"
                        + " mortise.audit_checkpoint WHERE seq = 20",
                "DELETE FROM mortise.audit_entry WHERE seq <= 20");

        assertThat(bench.firstFault())
                .isEqualTo("entry 20: what came before was dropped by somebody else than the server");
    }
}
