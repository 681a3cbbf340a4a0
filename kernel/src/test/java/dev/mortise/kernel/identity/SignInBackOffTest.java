package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.error.RetryLater;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How guessing is slowed down, and that nobody is shut out. */
@Tag("T2")
@Timeout(60)
class SignInBackOffTest {
    private static final String THERE = "198.51.100.7";

    private final IdentityFixture fixture = new IdentityFixture();
    private final TenantId tenant = fixture.alice.tenant();
    private final SignInBackOff here = backOff();

    private SignInBackOff backOff() {
        return new SignInBackOff(new IdentityTables(fixture.database.kernel()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void fail(int times, String account, String source) {
        for (int i = 0; i < times; i++) {
            here.begin(tenant, account, source);
            unblock();
        }
    }

    /** Lets the waits pass. */
    private void unblock() {
        fixture.ask(
                tenant,
                "WITH u AS (UPDATE mortise.sign_in_attempt SET blocked_until = '-infinity' RETURNING 1)"
                        + " SELECT count(*) FROM u");
    }

    private long wait(String account, String source) {
        try {
            here.begin(tenant, account, source);
            return 0;
        } catch (RetryLater later) {
            return later.seconds();
        }
    }

    @Test
    void theFirstFailuresAreFreeThenTheWaitDoubles() {
        fail(4, "ann", THERE);
        here.begin(tenant, "ann", THERE);
        assertThat(wait("ann", THERE)).isEqualTo(1);
        unblock();
        here.begin(tenant, "ann", THERE);
        assertThat(wait("ann", THERE)).isBetween(1L, 2L);
        unblock();
        fail(3, "ann", THERE);
        here.begin(tenant, "ann", THERE);
        assertThat(wait("ann", THERE)).isBetween(16L, 32L);
    }

    @Test
    void aRefusedAttemptDoesNotLengthenTheWait() {
        fail(9, "ann", THERE);
        here.begin(tenant, "ann", THERE);
        long first = wait("ann", THERE);

        for (int i = 0; i < 50; i++) {
            assertThat(wait("ann", THERE)).isBetween(1L, first);
        }
    }

    @Test
    void otherNodesCountTogether() {
        fail(4, "ann", THERE);
        backOff().begin(tenant, "ann", THERE);

        assertThatThrownBy(() -> backOff().begin(tenant, "ann", THERE)).isInstanceOf(RetryLater.class);
    }

    @Test
    void manyAtOnceDoNotSlipThrough() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> guess = () -> wait("ann", THERE) == 0;
            int admitted = 0;
            for (var answer :
                    threads.invokeAll(Stream.generate(() -> guess).limit(60).toList())) {
                admitted += answer.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(5);
        }
    }

    @Test
    void strangersDoNotLockOutWhoSignedInFromHere() {
        here.succeeded(here.begin(tenant, "ann", "203.0.113.1"));
        for (int i = 0; i < 60; i++) {
            fail(1, "ann", "198.51.100." + i);
        }
        here.begin(tenant, "ann", "198.51.100.99");

        assertThat(wait("ann", "203.0.113.1")).isZero();
        assertThat(wait("ann", "203.0.113.2")).isBetween(1L, 60L);
    }

    @Test
    void aSourceThatTriesManyAccountsWaitsToo() {
        for (int i = 0; i < 35; i++) {
            fail(1, "account" + i, THERE);
        }
        here.begin(tenant, "last", THERE);

        assertThat(wait("fresh", THERE)).isGreaterThan(10);
        assertThat(wait("fresh", "203.0.113.1")).isZero();
    }

    @Test
    void successForgetsTheFailures() {
        fail(4, "ann", THERE);
        here.succeeded(here.begin(tenant, "ann", THERE));

        fail(4, "ann", THERE);
        assertThat(wait("ann", THERE)).isZero();
    }

    @Test
    void whatWasTypedIsNotKept() {
        here.begin(tenant, "my password typed into the wrong field", THERE);

        assertThat(fixture.ask(tenant, "SELECT string_agg(a::text, ' ') FROM mortise.sign_in_attempt a"))
                .doesNotContain("password");
    }

    @Test
    void anUnknownTenantIsCountedAsWell() {
        for (int i = 0; i < 5; i++) {
            here.begin(dev.mortise.kernel.http.Caller.NO_TENANT, "ann", THERE);
        }

        assertThatThrownBy(() -> here.begin(dev.mortise.kernel.http.Caller.NO_TENANT, "ann", THERE))
                .isInstanceOf(RetryLater.class);
    }
}
