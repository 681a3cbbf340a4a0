package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.redact.Redaction;

/**
 * A failure as callers see it: problem details (RFC 9457) with our code, the remedy and the trace id.
 *
 * @param type {@code urn:mortise:problem:} and the code
 * @param title the kind of failure in two words
 * @param status the HTTP status
 * @param detail what failed and where
 * @param code the stable code
 * @param remedy what the caller can do
 * @param traceId the correlation id, also in the server's log
 */
record Problem(String type, String title, int status, String detail, String code, String remedy, String traceId) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(MortiseException failure, String traceId) {
        String code = failure.errorCode().code();
        String title = failure.errorCode()
                .category()
                .name()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', ' ');
        return new Problem(
                "urn:mortise:problem:" + code,
                title,
                failure.errorCode().category().httpStatus(),
                Redaction.of(String.valueOf(failure.getMessage())),
                code,
                Redaction.of(failure.remedy()),
                traceId);
    }
}
