package dev.mortise.kernel.postgres;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what PostgreSQL or the file system said into an error that a reader can act on. */
enum StartFailure {
    DISK_FULL(
            KernelError.DATABASE_DISK_FULL,
            "Free space on the disk that holds the data folder, then start again",
            "No space left on device|File too large|Disk quota exceeded|Check free disk space"),
    DENIED(
            KernelError.DATABASE_FOLDER_DENIED,
            "Give the data folder to the user that runs Mortise, or start Mortise as the user that owns it",
            "Permission denied|Operation not permitted|has wrong ownership"),
    OTHER_VERSION(
            KernelError.DATABASE_VERSION_UNSUPPORTED,
            "Start the Mortise version that made the data folder and move its data by a backup",
            "incompatible with server"),
    CORRUPT(
            KernelError.DATABASE_FOLDER_CORRUPT,
            "Restore the data folder from a backup; keep a copy of the damaged one",
            "PANIC:|checkpoint record|not a valid data directory|could not open file \"global/|could not read file"
                    + "|incorrect checksum|CRC checksum does not match"),
    OTHER(
            KernelError.DATABASE_START_FAILED,
            "Read the log file named above; or set MORTISE_DATABASE_URL to a PostgreSQL 18 of your own",
            "");

    private final KernelError error;
    private final String remedy;
    private final String signs;

    StartFailure(KernelError error, String remedy, String signs) {
        this.error = error;
        this.remedy = remedy;
        this.signs = signs;
    }

    /** Reads the reason out of the lines that the log gained. */
    static MortiseException fromLog(String what, Path logFile, List<String> lines) {
        String text = String.join(" | ", lines);
        String message = what + "; its log " + logFile + (text.isEmpty() ? " says nothing" : " says: " + text);
        return of(text).exception(message, null);
    }

    /** Reads the reason out of an exception of the file system. */
    static MortiseException fromFiles(Path folder, IOException cause) {
        StartFailure failure = cause instanceof AccessDeniedException ? DENIED : of(String.valueOf(cause.getMessage()));
        return failure.exception("PostgreSQL's folder " + folder + " cannot be used: " + cause, cause);
    }

    private static StartFailure of(String text) {
        for (StartFailure failure : values()) {
            if (Pattern.compile(failure.signs).matcher(text).find()) {
                return failure;
            }
        }
        throw new AssertionError("OTHER fits every text");
    }

    private MortiseException exception(String message, @Nullable Throwable cause) {
        return new MortiseException(error, message, remedy, cause);
    }
}
