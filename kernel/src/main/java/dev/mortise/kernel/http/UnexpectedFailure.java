package dev.mortise.kernel.http;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A failure that nobody foresaw: the log gets all of it under the trace id, the caller gets the trace id. */
final class UnexpectedFailure {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailure.class);

    private UnexpectedFailure() {}

    /** Logs a failure whose text callers do not see, because it is a fault of ours or the database's words. */
    static MortiseException loggedIfHidden(MortiseException failure) {
        if (failure.errorCode() == KernelError.INTERNAL) {
            // What reported() made and logged.
            return failure;
        }
        if (failure.errorCode().category() == ErrorCategory.INTERNAL) {
            LOG.error("{}", failure.describe(), failure);
        } else if (!PublicText.detail(failure).equals(failure.getMessage())) {
            LOG.warn("{}", failure.describe());
        }
        return failure;
    }

    /** Logs the failure and returns what the caller may know of it. */
    static MortiseException reported(Throwable failure, String traceId) {
        LOG.error("A request has failed, trace {}", traceId, failure);
        return new MortiseException(
                KernelError.INTERNAL,
                "The server could not do this",
                "Report it with the trace id; the server's log has the details under it",
                failure);
    }
}
