package dev.mortise.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that take tokens from one bucket in a real database. */
@Tag("T5")
@Timeout(60)
class RateLimiterTest {
    /** Slow enough that nothing comes back while a test runs. */
    private static final Rate HUNDRED = new Rate(100, Duration.ofDays(1));

    private final Database database = Database.open(TestDatabase.fresh(), DatabaseOptions.defaults());
    private final TenantId tenant = database.tenants().ensureDefaultTenant();
    private final AtomicInteger leases = new AtomicInteger();
    private final AtomicBoolean isAway = new AtomicBoolean();
    private final AtomicLong now = new AtomicLong(System.nanoTime());

    @AfterEach
    void close() {
        database.close();
    }

    private RateLimiter node() {
        return new RateLimiter(
                (of, bucket, rate, wanted, atLeast, giveBack) -> {
                    leases.incrementAndGet();
                    if (isAway.get()) {
                        throw new MortiseException(KernelError.DATABASE_UNAVAILABLE, "away", "wait");
                    }
                    return database.kernel()
                            .inTransaction(
                                    of,
                                    Access.WRITE,
                                    open -> open.mapper(LimitMapper.class)
                                            .lease(
                                                    bucket,
                                                    rate.permits(),
                                                    rate.per().toNanos() / 1e9,
                                                    wanted,
                                                    atLeast,
                                                    giveBack));
                },
                now::get);
    }

    private int granted(RateLimiter node, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) {
            granted += node.take(tenant, "b", HUNDRED, 1).granted() ? 1 : 0;
        }
        return granted;
    }

    @Test
    void oneNodeGrantsExactlyTheLimit() {
        assertThat(granted(node(), 500)).isEqualTo(100);
    }

    @Test
    void aBatchIsLeasedAtOnceAndAFloodOfRefusalsNeverReachesTheDatabase() {
        granted(node(), 10_000);

        assertThat(leases.get()).isLessThanOrEqualTo(LocalBucket.PARTS + 1);
    }

    @Test
    void severalNodesTogetherGrantNoMoreThanTheLimitAndLittleLess() throws Exception {
        List<Callable<Integer>> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RateLimiter node = node();
            for (int thread = 0; thread < 4; thread++) {
                nodes.add(() -> granted(node, 100));
            }
        }
        int sum = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(nodes)) {
                sum += each.get();
            }
        }

        assertThat(sum).isEqualTo(100);
    }

    @Test
    void whatOneNodeHoldsAndDoesNotSpendGoesBackAtItsNextLease() {
        RateLimiter idle = node();
        idle.take(tenant, "b", HUNDRED, 1);
        assertThat(granted(node(), 200)).isEqualTo(95);

        now.addAndGet(Duration.ofSeconds(11).toNanos());

        // Its four tokens are stale and are given back with the question for new ones.
        assertThat(granted(idle, 10)).isEqualTo(4);
    }

    @Test
    void tokensComeBackByTheDatabasesClock() {
        RateLimiter node = node();
        Rate quick = new Rate(20, Duration.ofSeconds(1));
        while (node.take(tenant, "q", quick, 1).granted()) {
            // Until nothing is left.
        }
        Permit refused = node.take(tenant, "q", quick, 1);
        assertThat(refused.granted()).isFalse();
        assertThat(refused.retryAfter()).isBetween(Duration.ofNanos(1), Duration.ofMillis(60));

        // This node's own clock runs ahead; PostgreSQL's does not.
        now.addAndGet(refused.retryAfter().toNanos());
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        boolean granted = false;
        while (!granted && System.nanoTime() < deadline) {
            now.addAndGet(Duration.ofMillis(60).toNanos());
            granted = node.take(tenant, "q", quick, 1).granted();
        }
        assertThat(granted).isTrue();
    }

    @Test
    void aCostIsTakenAsAWholeOrNotAtAll() {
        RateLimiter node = node();

        assertThat(node.take(tenant, "b", HUNDRED, 60).granted()).isTrue();
        assertThat(node.take(tenant, "b", HUNDRED, 60).granted()).isFalse();
        assertThat(node.take(tenant, "b", HUNDRED, 40).granted()).isTrue();
        assertThat(node.take(tenant, "b", HUNDRED, 101).granted()).isFalse();
    }

    @Test
    void aLimitThatIsLoweredHoldsAtOnce() {
        RateLimiter node = node();
        granted(node, 10);
        Rate ten = new Rate(10, Duration.ofDays(1));

        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += node.take(tenant, "b", ten, 1).granted() ? 1 : 0;
        }

        assertThat(granted).isLessThanOrEqualTo(10);
    }

    @Test
    void tenantsAndBucketsAreApart() {
        RateLimiter node = node();
        assertThat(granted(node, 200)).isEqualTo(100);

        assertThat(node.take(tenant, "another", HUNDRED, 1).granted()).isTrue();
    }

    @Test
    void whileTheDatabaseIsAwayEachNodeCountsForItselfAndAsksSeldom() {
        isAway.set(true);
        RateLimiter one = node();
        RateLimiter other = node();

        assertThat(granted(one, 500)).isEqualTo(100);
        assertThat(granted(other, 500)).isEqualTo(100);
        assertThat(leases.get()).isEqualTo(2);
    }

    @Test
    void whenTheDatabaseIsBackItsCountHoldsAgain() {
        RateLimiter node = node();
        granted(node, 50);
        isAway.set(true);
        granted(node, 10);
        isAway.set(false);

        now.addAndGet(Duration.ofSeconds(3).toNanos());

        // 50 were leased from the database before it went.
        assertThat(granted(node, 500)).isEqualTo(50);
    }

    @Test
    void fullBucketsAreForgotten() {
        node().take(tenant, "b", HUNDRED, 1);
        long forgotten = database.kernel()
                .<Long>inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(LimitMapper.class).forgetFull());

        assertThat(forgotten).as("one that is still filling").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/a/b, GET, /api/v1/a/b, true",
        "GET /api/v1/a/b, POST, /api/v1/a/b, false",
        "* /api/v1/a/b, POST, /api/v1/a/b, true",
        "GET /api/v1/a/*, GET, /api/v1/a/b, true",
        "GET /api/v1/a/*, GET, /api/v1/a/b/c, true",
        "GET /api/v1/a/*, GET, /api/v1/a, false",
        "GET /api/v1/a/*, GET, /api/v1/ab, false",
        "GET /api/v1/*/b, GET, /api/v1/a/b, true",
        "GET /api/v1/*/b, GET, /api/v1/a/c, false",
        "GET /api/v1/a, GET, /api/v1/a/, false"
    })
    void anOperationIsNamedByMethodAndPath(String pattern, String method, String path, boolean matches) {
        assertThat(OperationPattern.parse(pattern).matches(method, OperationPattern.segmentsOf(path)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET", "/a", "get /a", "GET a", "GET  /a", "GET /a b", "GET|POST /a"})
    void whatIsNoOperationIsRefused(String text) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> OperationPattern.parse(text));
    }
}
