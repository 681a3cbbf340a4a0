package dev.mortise.kernel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K1")
class LeasesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Leases leases = new Leases();

    @Test
    void closingWithNoLeaseOutDrainsAtOnce() throws Exception {
        leases.close();

        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
    }

    @Test
    void noLeaseIsGivenAfterClosing() {
        leases.close();

        assertThat(leases.tryAcquire()).isFalse();
    }

    @Test
    void drainingWaitsForTheLastLease() throws Exception {
        assertThat(leases.tryAcquire()).isTrue();
        assertThat(leases.tryAcquire()).isTrue();
        leases.close();

        leases.release();
        assertThat(leases.awaitDrained(Duration.ZERO)).isFalse();
        assertThat(leases.outstanding()).isEqualTo(1);

        leases.release();
        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
    }

    @Test
    void closingTwiceDoesNothingMore() throws Exception {
        assertThat(leases.tryAcquire()).isTrue();
        leases.close();
        leases.close();

        assertThat(leases.awaitDrained(Duration.ZERO)).isFalse();
        leases.release();
        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
    }

    @Test
    void underManyThreadsNoLeaseIsOutOnceDrained() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(8);
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> {
                begun.countDown();
                while (leases.tryAcquire()) {
                    inside.incrementAndGet();
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    leases.release();
                }
            });
        }
        begun.await();

        leases.close();

        assertThat(leases.awaitDrained(SOON)).isTrue();
        assertThat(inside).hasValue(0);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
