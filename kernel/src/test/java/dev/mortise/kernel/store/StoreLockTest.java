package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.api.store.StoreLock;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Locks that all nodes see. */
@Tag("K6")
@Timeout(60)
class StoreLockTest {
    private final NotePlugin plugin = new NotePlugin();

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void aSecondHolderIsTurnedAwayUntilTheFirstLetsGo() {
        PluginStore otherNode = plugin.open("1.0.0", NotePlugin.V1);
        try (StoreLock lock = plugin.store.tryLock("resume").orElseThrow()) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(otherNode.tryLock("resume")).isEmpty();
            assertThat(otherNode.tryLock("another")).isPresent();
        }
        assertThat(otherNode.tryLock("resume")).isPresent();
        otherNode.close();
    }

    @Test
    void namesAreLocalToThePlugin() {
        assertThat(AdvisoryLocks.key("a", "b")).isNotEqualTo(AdvisoryLocks.key("b", "a"));
    }

    @Test
    void aClosedStoreHoldsNoLock() {
        StoreLock lock = plugin.store.tryLock("resume").orElseThrow();

        plugin.store.close();

        assertThat(lock.isHeld()).isFalse();
        PluginStore otherNode = plugin.open("1.0.0", NotePlugin.V1);
        assertThat(otherNode.tryLock("resume")).isPresent();
        otherNode.close();
    }

    @Test
    void aLockWhoseConnectionDiedIsNotHeld() throws SQLException {
        StoreLock lock = plugin.store.tryLock("resume").orElseThrow();
        try (Connection administrator =
                        TestDatabase.connect(TestDatabase.server().administrator());
                Statement statement = administrator.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
        }

        await(() -> !lock.isHeld());
        lock.close();
    }

    @Test
    void onePluginHoldsFewLocks() {
        List<StoreLock> locks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            locks.add(plugin.store.tryLock("n" + i).orElseThrow());
        }

        assertThatThrownBy(() -> plugin.store.tryLock("one more"))
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode()).isEqualTo(KernelError.DATABASE_LOCKS_EXHAUSTED));
        locks.getFirst().close();
        assertThat(plugin.store.tryLock("one more")).isPresent();
    }

    @Test
    void aLockEndsWithTheProcessThatHoldsIt(@TempDir Path folder) throws Exception {
        Path report = folder.resolve("held");
        Process holder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        plugin.address.jdbcUrl(),
                        plugin.address.ownerPassword(),
                        report.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "output"))
                .start();
        try {
            await(() -> Files.exists(report) || !holder.isAlive());
            assertThat(plugin.store.tryLock("resume")).isEmpty();
        } finally {
            holder.destroyForcibly().waitFor();
        }

        await(() -> {
            Optional<StoreLock> lock = plugin.store.tryLock("resume");
            lock.ifPresent(StoreLock::close);
            return lock.isPresent();
        });
    }

    /** The main class of the process that holds the lock until it is killed. */
    static final class Holder {
        private Holder() {}

        /** Takes URL and password of the owner and the file to make once the lock is held. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Database database = Database.open(
                    new DatabaseAddress(arguments[0], "mortise_owner", arguments[1]), DatabaseOptions.defaults());
            PluginStore store = database.pluginStores()
                    .open(
                            new PluginInfo("note-plugin", "1.0.0"),
                            Holder.class.getClassLoader(),
                            JsonMapper.builder().build(),
                            List.of());
            StoreLock lock = store.tryLock("resume").orElseThrow();
            Files.writeString(Path.of(arguments[2]), "held " + lock.isHeld());
            new CountDownLatch(1).await();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
