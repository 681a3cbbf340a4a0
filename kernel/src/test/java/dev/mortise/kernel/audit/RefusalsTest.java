package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.CallContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who is refused again and again. */
@Tag("G1")
@Timeout(60)
class RefusalsTest {
    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
    private AuditBench bench;
    private Refusals refusals;

    @BeforeEach
    void open() {
        bench = new AuditBench(folder);
        refusals = new Refusals(bench.room.recorder(), now::get);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theFirstTenOfAMinuteAreWrittenEach() {
        assertThat(written(bench.alice, 1_000)).isEqualTo(10);
    }

    @Test
    void theOthersBecomeOneEntryWhenTheMinuteIsOver() throws SQLException {
        written(bench.alice, 25);
        refusals.isWritten(bench.alice, "/api/v1/last", 429);
        refusals.writeDue();
        assertThat(entries()).isEqualTo("0");

        now.set(now.get().plus(Duration.ofSeconds(61)));
        refusals.writeDue();
        refusals.writeDue();

        assertThat(entries()).isEqualTo("1");
        bench.verify();
        assertThat(bench.asOwner("SELECT actor || ' ' || outcome || ' ' || target || ' ' || (details->>'status 403')"
                        + " || ' ' || (details->>'status 429') || ' ' || (details->>'since') FROM mortise.audit_entry"))
                .isEqualTo("key:alice REFUSED /api/v1/last 15 1 2026-11-21T08:00:00Z");
        assertThat(written(bench.alice, 3)).isEqualTo(3);
    }

    @Test
    void anotherActorIsCountedForHimself() {
        written(bench.alice, 100);

        assertThat(written(AuditBench.context(bench.tenant, "key:bob"), 100)).isEqualTo(10);
    }

    @Test
    void aFewRefusalsNeedNoSummary() throws SQLException {
        written(bench.alice, 10);

        refusals.writeAll();

        assertThat(entries()).isEqualTo("0");
    }

    private int written(CallContext context, int refused) {
        int count = 0;
        for (int i = 0; i < refused; i++) {
            count += refusals.isWritten(context, "/api/v1/kernel/plugins", 403) ? 1 : 0;
        }
        return count;
    }

    private String entries() throws SQLException {
        bench.verify();
        return String.valueOf(bench.asOwner("SELECT count(*) FROM mortise.audit_entry"));
    }
}
