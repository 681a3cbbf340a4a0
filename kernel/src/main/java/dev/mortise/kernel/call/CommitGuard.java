package dev.mortise.kernel.call;

import java.sql.Connection;
import java.sql.SQLException;

/** Has a word in every transaction of a call that writes, right before it is committed. */
@FunctionalInterface
public interface CommitGuard {
    /**
     * Adds what must be kept or dropped with the transaction.
     *
     * @throws dev.mortise.api.error.MortiseException to have it rolled back
     */
    void beforeCommit(Connection connection) throws SQLException;
}
