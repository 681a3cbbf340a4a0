package dev.mortise.kernel.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says, without its place in the chain.
 *
 * @param id a UUIDv7
 * @param at when, in microseconds
 * @param actorKind {@code USER}, {@code API_KEY} or {@code SYSTEM}
 * @param actor who, such as {@code key:7f3a9c}
 * @param action what, such as {@code kernel.secret.set} or {@code POST /api/v1/kernel/plugins}
 * @param target to what
 * @param outcome {@code DONE}, {@code REFUSED} or {@code FAILED}
 * @param status the HTTP status, where the entry is about a request
 * @param traceId the correlation id
 * @param source the caller's address, where there is one
 * @param details more, by name, redacted
 * @since 0.1
 */
public record AuditRecord(
        UUID id,
        Instant at,
        String actorKind,
        String actor,
        String action,
        String target,
        String outcome,
        @Nullable Integer status,
        String traceId,
        @Nullable String source,
        Map<String, String> details) {
    /** Copies the details. */
    public AuditRecord {
        details = Map.copyOf(details);
    }
}
