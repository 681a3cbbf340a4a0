package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where transactions begin, end, join and fail. */
@Tag("K4")
@Timeout(60)
class TransactionTest {
    private final NotePlugin plugin = new NotePlugin();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
        plugin.close();
    }

    @Test
    void workThatThrowsIsRolledBack() {
        assertThatThrownBy(() -> plugin.alice.run(() -> plugin.store.transaction(open -> {
                    plugin.add("lost");
                    throw new IllegalStateException("on purpose");
                })))
                .hasMessage("on purpose");

        assertThat(plugin.alice.call(plugin::count)).isZero();
    }

    @Test
    void aCallInsideAnotherJoinsIt() {
        int seen = plugin.alice.call(() -> plugin.store.transaction(open -> {
            plugin.add("not committed yet");
            return plugin.count();
        }));

        assertThat(seen).isEqualTo(1);
    }

    @Test
    void anotherThreadDoesNotJoin() {
        int seen = plugin.alice.call(() -> plugin.store.transaction(open -> {
            plugin.add("not committed yet");
            return CompletableFuture.supplyAsync(() -> plugin.alice.call(plugin::count), threads)
                    .join();
        }));

        assertThat(seen).isZero();
    }

    @Test
    void aReadCannotWrite() {
        refused(
                KernelError.STATEMENT_FAILED,
                () -> plugin.alice.run(() -> plugin.store.read(NoteMapper.class, notes -> notes.rename("a", "b"))));
    }

    @Test
    void aWriteInsideOfAReadIsRefused() {
        refused(
                KernelError.DATA_TRANSACTION_MISUSED,
                () -> plugin.alice.run(() -> plugin.store.read(NoteMapper.class, notes -> plugin.add("x"))));
    }

    @Test
    void anotherTenantInsideOfATransactionIsRefused() {
        refused(
                KernelError.DATA_TRANSACTION_MISUSED,
                () -> plugin.alice.run(() -> plugin.store.transaction(open -> plugin.bob.call(plugin::count))));
    }

    @Test
    void aSwallowedFailureStillFailsTheTransaction() {
        assertThatThrownBy(() -> plugin.alice.run(() -> plugin.store.transaction(open -> {
                    plugin.add("same");
                    try {
                        return plugin.add("same");
                    } catch (MortiseException conflict) {
                        return conflict;
                    }
                })))
                .isInstanceOf(MortiseException.class);

        assertThat(plugin.alice.call(plugin::count)).isZero();
    }

    @Test
    void tenantsThatShareAPoolDoNotMix() throws Exception {
        Runnable work = () -> {
            for (int i = 0; i < 50; i++) {
                plugin.add("n" + i);
            }
        };
        Thread one = Thread.ofVirtual().start(() -> plugin.alice.run(work));
        Thread other = Thread.ofVirtual().start(() -> plugin.bob.run(work));
        one.join();
        other.join();

        assertThat(plugin.alice.call(plugin::count)).isEqualTo(50);
        assertThat(plugin.bob.call(plugin::count)).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptedCallSaysSoAndRollsBack(boolean virtual) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                plugin.alice.run(() -> plugin.store.transaction(open -> {
                    plugin.add("lost");
                    inside.countDown();
                    while (true) {
                        plugin.count();
                    }
                }));
            } catch (MortiseException e) {
                outcome.complete(e.errorCode());
            }
        };
        Thread thread =
                virtual ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work);
        inside.await();
        thread.interrupt();

        if (virtual) {
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(ApiError.INTERRUPTED);
            assertThat(plugin.alice.call(plugin::count)).isZero();
        } else {
            // A platform thread that waits for the network does not notice; the statement limit ends it.
            assertThat(thread.isAlive()).isTrue();
            plugin.database.close();
            thread.interrupt();
            outcome.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aLostConnectionIsUnavailableAndTheNextCallWorks() throws SQLException {
        refused(
                KernelError.DATABASE_UNAVAILABLE,
                () -> plugin.alice.run(() -> plugin.store.transaction(open -> {
                    plugin.add("lost");
                    endAllOtherConnections();
                    return plugin.count();
                })));

        assertThat(plugin.alice.call(plugin::count)).isZero();
    }

    @Test
    void aDeadlockIsBusyAndMayBeTriedAgain() throws Exception {
        plugin.alice.run(() -> {
            plugin.add("a");
            plugin.add("b");
        });
        CountDownLatch both = new CountDownLatch(2);
        CompletableFuture<ErrorCode> one = CompletableFuture.supplyAsync(() -> renameBoth("a", "b", both), threads);
        CompletableFuture<ErrorCode> other = CompletableFuture.supplyAsync(() -> renameBoth("b", "a", both), threads);

        assertThat(new ErrorCode[] {one.get(30, TimeUnit.SECONDS), other.get(30, TimeUnit.SECONDS)})
                .contains(KernelError.DATABASE_BUSY);
        assertThat(KernelError.DATABASE_BUSY.category().isTransient()).isTrue();
    }

    @Test
    void aPoolThatIsUsedUpFailsFast() {
        DatabaseOptions one = new DatabaseOptions("mortise_server", 1, Duration.ofMillis(300));
        try (Database small = Database.open(plugin.address, one)) {
            PluginStore store = small.pluginStores()
                    .open(
                            new PluginInfo("note-plugin", "1"),
                            NoteMapper.class.getClassLoader(),
                            plugin.json,
                            List.of());
            refused(
                    KernelError.DATABASE_UNAVAILABLE,
                    () -> plugin.alice.run(() -> store.read(
                            NoteMapper.class,
                            outer -> CompletableFuture.supplyAsync(() ->
                                            plugin.alice.call(() -> store.read(NoteMapper.class, NoteMapper::count)))
                                    .handle((count, failure) -> {
                                        throw (MortiseException) failure.getCause();
                                    })
                                    .join())));
        }
    }

    @Test
    void aClosedStoreRefusesWork() {
        plugin.store.close();

        refused(KernelError.DATA_STORE_CLOSED, () -> plugin.alice.run(plugin::count));
    }

    private ErrorCode renameBoth(String first, String second, CountDownLatch both) {
        try {
            plugin.alice.run(() -> plugin.store.write(NoteMapper.class, notes -> {
                notes.rename(first, first);
                both.countDown();
                awaitUnchecked(both);
                return notes.rename(second, second);
            }));
            return ApiError.NOT_FOUND;
        } catch (MortiseException e) {
            return e.errorCode();
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void endAllOtherConnections() {
        try (Connection administrator =
                        TestDatabase.connect(TestDatabase.server().administrator());
                Statement statement = administrator.createStatement()) {
            String database = plugin.address.jdbcUrl().replaceFirst(".*/", "");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refused(KernelError error, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            assertThat(cause)
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).as(e.describe()).isEqualTo(error));
        });
    }
}
