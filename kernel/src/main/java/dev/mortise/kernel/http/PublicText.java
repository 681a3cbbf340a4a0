package dev.mortise.kernel.http;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.regex.Pattern;

/**
 * What of a failure's text leaves the server. Messages are written for whoever operates it: those of faults of ours,
 * and of the database, may name classes, tables and constraints. Callers get the kind of failure and the trace id,
 * under which the log has the rest.
 */
final class PublicText {
    /** A name with a package, such as {@code java.util.UUID}, as exceptions of libraries put into their messages. */
    private static final Pattern CLASS_NAME = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*");

    private static final Pattern SQL_STATE = Pattern.compile("\\(SQLSTATE \\w+\\)");

    private PublicText() {}

    static String detail(MortiseException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure.errorCode().category() == ErrorCategory.INTERNAL) {
            return "The server could not do this";
        }
        if (SQL_STATE.matcher(message).find()) {
            return ofDatabase(failure);
        }
        return CLASS_NAME.matcher(message).find() ? "A value is not of the kind that is asked for here" : message;
    }

    private static String ofDatabase(MortiseException failure) {
        if (!(failure.errorCode() instanceof KernelError error)) {
            return "The database refuses this";
        }
        return switch (error) {
            case DATA_CONFLICT -> "What was sent contradicts what is there: it exists already, or names what does not";
            case DATA_INVALID -> "A value that was sent cannot be stored: it is too long, out of range or malformed";
            case DATABASE_TIMEOUT -> "The database did not answer in time";
            case DATABASE_BUSY -> "Another change was made at the same moment";
            default -> "The database is not available at the moment";
        };
    }

    static String remedy(MortiseException failure) {
        if (failure.errorCode().category() == ErrorCategory.INTERNAL) {
            return "Report it with the trace id; the server's log has the details under it";
        }
        return failure.remedy();
    }
}
