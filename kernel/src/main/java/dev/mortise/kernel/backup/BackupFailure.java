package dev.mortise.kernel.backup;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** How backups and restores fail. */
final class BackupFailure {
    private BackupFailure() {}

    static MortiseException broken(String what, @Nullable Exception cause) {
        return new MortiseException(
                KernelError.BACKUP_BROKEN,
                what,
                "Use another copy of the backup, or another backup; nothing was changed",
                cause);
    }

    static MortiseException written(String what, Exception cause) {
        return new MortiseException(
                KernelError.BACKUP_STORAGE,
                what + ": " + cause.getMessage(),
                "Check that the disk has room and that the file may be written",
                cause);
    }

    static MortiseException refused(String what, String remedy) {
        return new MortiseException(KernelError.BACKUP_REFUSED, what, remedy);
    }

    /** Never quotes a row: what PostgreSQL says in its detail stays out. */
    static MortiseException database(String what, SQLException cause) {
        String reason = cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? message(postgres.getServerErrorMessage())
                : String.valueOf(cause.getMessage());
        String state = String.valueOf(cause.getSQLState());
        if (state.equals("53100")) {
            return new MortiseException(
                    KernelError.DATABASE_DISK_FULL,
                    what + ": " + reason,
                    "Make room on the disk of the database, then begin again",
                    cause);
        }
        if (state.equals("55P03")) {
            return new MortiseException(
                    KernelError.DATABASE_BUSY,
                    what + ": somebody else holds a table for himself",
                    "See who does (pg_locks, pg_stat_activity), then begin again",
                    cause);
        }
        return new MortiseException(
                state.startsWith("08") || state.startsWith("57P") || state.equals("53300")
                        ? KernelError.DATABASE_UNAVAILABLE
                        : KernelError.STATEMENT_FAILED,
                what + ": " + reason + " (SQLSTATE " + state + ")",
                "See that the database is there and that its owner may do this, then begin again",
                cause);
    }

    private static String message(ServerErrorMessage error) {
        return String.valueOf(error.getMessage());
    }
}
