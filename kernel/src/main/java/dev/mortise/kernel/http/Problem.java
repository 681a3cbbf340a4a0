package dev.mortise.kernel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.redact.Redaction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A failure as callers see it: problem details (RFC 9457) with our code, the remedy and the trace id.
 *
 * @param type {@code urn:mortise:problem:} and the code
 * @param title the kind of failure in two words
 * @param status the HTTP status
 * @param detail what failed and where
 * @param instance the path that was asked for, as it was sent
 * @param code the stable code
 * @param remedy what the caller can do
 * @param traceId the correlation id, also in the server's log
 * @param pointer which value of the body is refused, as a JSON pointer (RFC 6901); absent where it is no single one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        String remedy,
        String traceId,
        @Nullable String pointer) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final int LONGEST_INSTANCE = 1_024;

    /** @param instance the path of the request; null where it is not known */
    static Problem of(MortiseException failure, String traceId, @Nullable String instance) {
        String code = failure.errorCode().code();
        ErrorCategory category = failure.errorCode().category();
        return new Problem(
                "urn:mortise:problem:" + code,
                category.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                failure instanceof HttpRefusal refusal ? refusal.status() : category.httpStatus(),
                Redaction.of(PublicText.detail(failure)),
                instance == null || instance.length() > LONGEST_INSTANCE ? null : Redaction.of(instance),
                code,
                Redaction.of(PublicText.remedy(failure)),
                traceId,
                pointer(failure));
    }

    private static @Nullable String pointer(MortiseException failure) {
        return failure instanceof BodyRefusal refusal && !refusal.pointer().isEmpty()
                ? Redaction.of(refusal.pointer())
                : null;
    }

    /** Returns this problem under another status of the same class. */
    Problem withStatus(int other) {
        return other == status
                ? this
                : new Problem(type, title, other, detail, instance, code, remedy, traceId, pointer);
    }
}
