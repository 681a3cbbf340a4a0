package dev.mortise.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ibatis.annotations.Update;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K6")
class LeaseKeeperTest {
    private static final Duration TERM = Duration.ofMillis(900);

    private final Database database = Database.open(TestDatabase.fresh(), DatabaseOptions.defaults());
    private final List<LeaseKeeper> keepers = new ArrayList<>();

    @AfterEach
    void close() {
        keepers.forEach(LeaseKeeper::close);
        database.close();
    }

    @Test
    void aNameHasOneHolderAtATime() {
        LeaseKeeper here = keeper();
        LeaseKeeper there = keeper();

        boolean led = here.tryLead("work", _ -> {
            assertThat(there.tryLead("work", _ -> {})).isFalse();
            assertThat(here.tryLead("work", _ -> {})).isFalse();
            assertThat(there.tryLead("other work", _ -> {})).isTrue();
        });

        assertThat(led).isTrue();
        assertThat(there.tryLead("work", _ -> {})).isTrue();
    }

    @Test
    void eachHolderHasALargerTokenThanTheOneBefore() {
        LeaseKeeper here = keeper();
        LeaseKeeper there = keeper();
        List<Long> tokens = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            assertThat(here.tryLead("work", lease -> tokens.add(lease.token()))).isTrue();
            assertThat(there.tryLead("work", lease -> tokens.add(lease.token())))
                    .isTrue();
        }

        assertThat(tokens).isSorted().doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void aLeaseIsRenewedForAsLongAsTheWorkRuns() {
        LeaseKeeper here = keeper();
        LeaseKeeper there = keeper();
        long end = System.nanoTime() + TERM.multipliedBy(3).toNanos();
        AtomicInteger stolen = new AtomicInteger();

        here.tryLead("work", lease -> {
            while (System.nanoTime() < end) {
                if (!lease.isHeld() || there.tryLead("work", _ -> {})) {
                    stolen.incrementAndGet();
                }
            }
        });

        assertThat(stolen).hasValue(0);
    }

    @Test
    void aHolderThatCannotRenewIsInterruptedAndKnowsThatItLost() throws InterruptedException {
        LeaseKeeper here = keeper();
        CountDownLatch leading = new CountDownLatch(1);
        AtomicReference<HeldLease> lost = new AtomicReference<>();
        Thread worker = Thread.ofVirtual()
                .start(() -> here.tryLead("work", lease -> {
                    lost.set(lease);
                    leading.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }));
        leading.await();

        // Another node takes over, as after a pause of this one.
        runOut("work");
        assertThat(keeper().tryLead("work", lease -> assertThat(lease.token()).isEqualTo(2)))
                .isTrue();

        assertThat(worker.join(TERM.multipliedBy(4))).isTrue();
        assertThat(lost.get().isHeld()).isFalse();
    }

    @Test
    void aFencedTransactionIsRefusedOnceTheLeaseRanOut() {
        keeper().tryLead("work", lease -> {
            assertThat(fence(lease)).contains(lease.token());
            runOut("work");
            assertThat(fence(lease)).isEmpty();
        });
    }

    @Test
    void nobodyTakesOverWhileAFencedTransactionIsOpenAndItsHolderCanStillRenew() {
        LeaseKeeper there = keeper();
        // So long that the holder does not notice by itself, as if it were paused.
        keeper(Duration.ofMinutes(1)).tryLead("work", lease -> {
            database.kernel().inTransaction(null, Access.WRITE, open -> {
                LeaseMapper table = open.mapper(LeaseMapper.class);
                assertThat(table.fence(lease.name(), lease.token())).isPresent();
                assertThat(renewedFromAnotherConnection(lease)).isEqualTo(1);
                assertThatThrownBy(() -> runOutThen(there)).hasMessageContaining("lock");
                return true;
            });
        });
    }

    private int renewedFromAnotherConnection(HeldLease lease) {
        return database.control()
                .inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(LeaseMapper.class).renew(lease.name(), lease.token(), TERM.toMillis()));
    }

    /** The take-over waits for the lock of the open transaction and gives up after the control pool's patience. */
    private void runOutThen(LeaseKeeper there) {
        runOut("work");
        there.tryLead("work", _ -> {
            throw new AssertionError("took over inside of a fenced transaction");
        });
    }

    private Optional<Long> fence(HeldLease lease) {
        return database.kernel()
                .inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(LeaseMapper.class).fence(lease.name(), lease.token()));
    }

    private void runOut(String name) {
        database.control()
                .inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(LeaseTestMapper.class).runOut(name));
    }

    private LeaseKeeper keeper() {
        return keeper(TERM);
    }

    private LeaseKeeper keeper(Duration term) {
        LeaseKeeper keeper = new LeaseKeeper(database::control, UUID.randomUUID(), term);
        keepers.add(keeper);
        return keeper;
    }

    /** What only a test does to leases. */
    interface LeaseTestMapper {
        @Update("UPDATE mortise.lease SET until = clock_timestamp() WHERE name = #{name}")
        int runOut(String name);
    }
}
