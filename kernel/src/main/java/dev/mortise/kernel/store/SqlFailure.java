package dev.mortise.kernel.store;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns what the driver and MyBatis throw into typed errors, by SQLSTATE (PostgreSQL's appendix "Error Codes").
 * Messages name states and constraints and never the values of a row: PostgreSQL puts those into the detail, which
 * stays out.
 */
final class SqlFailure {
    private SqlFailure() {}

    /** Returns the typed error for whatever work in a transaction threw; other exceptions come back as they are. */
    static RuntimeException typed(RuntimeException failure, String where) {
        if (failure instanceof MortiseException) {
            return failure;
        }
        Optional<SQLException> sql = sqlCause(failure);
        if (sql.isPresent()) {
            return of(sql.get(), where);
        }
        if (failure instanceof PersistenceException) {
            return new MortiseException(
                    KernelError.STATEMENT_FAILED,
                    where + ": " + innermost(failure).getMessage(),
                    "Compare the mapper interface, its XML file and the record that it returns",
                    failure);
        }
        return failure;
    }

    static MortiseException of(SQLException failure, String where) {
        if (Thread.currentThread().isInterrupted()) {
            return new MortiseException(
                    ApiError.INTERRUPTED,
                    where + " was interrupted while it used the database",
                    "Try again when the server is up",
                    failure);
        }
        String state = failure.getSQLState();
        KernelError error = failure instanceof SQLTransientConnectionException
                ? KernelError.DATABASE_UNAVAILABLE
                : errorOf(state == null ? "" : state);
        String message = where + ": " + text(failure) + (state == null ? "" : " (SQLSTATE " + state + ")");
        return new MortiseException(error, message, remedy(error), failure);
    }

    private static KernelError errorOf(String state) {
        return switch (state) {
            case "ML001" -> KernelError.JOB_LEASE_LOST;
            case "ML002" -> KernelError.EVENT_LEASE_LOST;
            case "23505", "23P01", "23503" -> KernelError.DATA_CONFLICT;
            case "40001", "40P01" -> KernelError.DATABASE_BUSY;
            case "57014", "55P03", "25P03" -> KernelError.DATABASE_TIMEOUT;
            case "57P01", "57P02", "57P03", "53300" -> KernelError.DATABASE_UNAVAILABLE;
            case "53100" -> KernelError.DATABASE_DISK_FULL;
            case "28P01", "28000", "3D000" -> KernelError.DATABASE_LOGIN_REFUSED;
            default ->
                switch (state.length() == 5 ? state.substring(0, 2) : "") {
                    case "08" -> KernelError.DATABASE_UNAVAILABLE;
                    case "22", "23" -> KernelError.DATA_INVALID;
                    default -> KernelError.STATEMENT_FAILED;
                };
        };
    }

    private static String remedy(KernelError error) {
        return switch (error) {
            case JOB_LEASE_LOST, EVENT_LEASE_LOST -> "End the work; it is done, or will be, by another run";
            case DATA_CONFLICT -> "Read the present state and decide again";
            case DATA_INVALID -> "Send values that the columns take";
            case DATABASE_BUSY -> "Try again";
            case DATABASE_TIMEOUT -> "Make the statement quicker or the batch smaller, then try again";
            case DATABASE_UNAVAILABLE -> "See that PostgreSQL runs and has connections left, then try again";
            case DATABASE_DISK_FULL -> "Free space on the disk of the database, then try again";
            case DATABASE_LOGIN_REFUSED -> "Correct user, password and database in MORTISE_DATABASE_URL";
            default -> "Correct the statement, or the table that it expects";
        };
    }

    private static String text(SQLException failure) {
        if (failure instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            ServerErrorMessage server = postgres.getServerErrorMessage();
            String constraint = server.getConstraint();
            return server.getMessage() + (constraint == null ? "" : ", constraint " + constraint);
        }
        return String.valueOf(failure.getMessage());
    }

    private static Optional<SQLException> sqlCause(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
