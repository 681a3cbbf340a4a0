package dev.mortise.kernel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the record. Every part that is null asks for nothing.
 *
 * @param from the earliest time, inclusive
 * @param to the latest time, exclusive
 * @param actor who, exactly
 * @param action how the action begins
 * @param target how the target begins
 * @param outcome how it ended
 * @param traceId the correlation id
 * @param text words in any field, as in a web search: {@code "exact phrase" -without or}
 * @since 0.1
 */
public record AuditQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable String outcome,
        @Nullable String traceId,
        @Nullable String text) {
    /** Asks for everything. */
    public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null, null, null);
}
