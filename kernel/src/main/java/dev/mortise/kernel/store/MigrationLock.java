package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The lock under which one node at a time migrates. It is asked for again and again and never waited for in the
 * database: a statement that waits has a snapshot, and {@code CREATE INDEX CONCURRENTLY} of the node that has the lock
 * would wait for that snapshot, for ever.
 */
final class MigrationLock {
    private static final String TRY = "SELECT pg_try_advisory_lock(hashtextextended('mortise migration', 0))";
    private static final long BETWEEN_MILLIS = 50;

    private MigrationLock() {}

    /** Takes the lock; it ends with the connection. */
    static void take(Connection connection, MigrationPatience patience) throws SQLException {
        long begin = System.nanoTime();
        while (!tryLock(connection)) {
            if (System.nanoTime() - begin > patience.queue().toNanos()) {
                throw new MortiseException(
                        KernelError.DATABASE_BUSY,
                        "Another node has been migrating for " + patience.queue(),
                        "See what it does in pg_stat_activity (application mortise migration), then try again");
            }
            MigrationPatience.sleep(BETWEEN_MILLIS);
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
