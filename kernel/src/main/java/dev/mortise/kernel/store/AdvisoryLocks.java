package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.StoreLock;
import dev.mortise.kernel.error.KernelError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session advisory locks of one plugin, each on a connection of its own outside of the pool: the lock lives exactly
 * as long as its connection, and the connection as long as this process.
 */
final class AdvisoryLocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLocks.class);
    private static final int AT_MOST = 8;
    private static final int ANSWER_SECONDS = 2;

    private final String plugin;
    private final DataSource unpooled;
    private final Semaphore left = new Semaphore(AT_MOST);
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    AdvisoryLocks(String plugin, DataSource unpooled) {
        this.plugin = plugin;
        this.unpooled = unpooled;
    }

    Optional<StoreLock> tryLock(String name) {
        if (!left.tryAcquire()) {
            throw new MortiseException(
                    KernelError.DATABASE_LOCKS_EXHAUSTED,
                    "The plugin " + plugin + " holds " + AT_MOST + " locks and asks for one more, " + name,
                    "Hold few locks, and close those that are no longer needed");
        }
        boolean isHeld = false;
        try {
            Optional<StoreLock> lock = open(name);
            isHeld = lock.isPresent();
            return lock;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Lock " + name + " of " + plugin);
        } finally {
            if (!isHeld) {
                left.release();
            }
        }
    }

    private Optional<StoreLock> open(String name) throws SQLException {
        Connection connection = unpooled.getConnection();
        boolean isHeld = false;
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, key(plugin, name));
            try (ResultSet rows = statement.executeQuery()) {
                isHeld = rows.next() && rows.getBoolean(1);
            }
        } finally {
            if (!isHeld) {
                connection.close();
            }
        }
        if (!isHeld) {
            return Optional.empty();
        }
        Held lock = new Held(name, connection);
        held.add(lock);
        return Optional.of(lock);
    }

    @Override
    public void close() {
        held.forEach(Held::close);
    }

    /** PostgreSQL knows locks by a number: the first 8 bytes of a SHA-256 of plugin and name. */
    static long key(String plugin, String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("mortise lock\0" + plugin + "\0" + name).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    /** A lock and the connection that carries it. */
    private final class Held implements StoreLock {
        private final String name;
        private final Connection connection;
        private final AtomicBoolean isOpen = new AtomicBoolean(true);

        Held(String name, Connection connection) {
            this.name = name;
            this.connection = connection;
        }

        @Override
        public boolean isHeld() {
            try {
                return isOpen.get() && connection.isValid(ANSWER_SECONDS);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void close() {
            if (!isOpen.compareAndSet(true, false)) {
                return;
            }
            held.remove(this);
            left.release();
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("The connection of lock {} of {} was not closed cleanly: {}", name, plugin, e.toString());
            }
        }
    }
}
