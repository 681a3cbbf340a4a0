package dev.mortise.kernel.audit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry as callers see it; the components are those of {@link AuditRecord} and {@link ChainedEntry}. */
public record EntryView(
        long seq,
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
        Map<String, String> details,
        String prevHash,
        String hash,
        @Nullable UUID sealKey,
        @Nullable String seal) {
    static EntryView of(ChainedEntry entry) {
        AuditRecord content = entry.content();
        return new EntryView(
                entry.seq(),
                content.id(),
                content.at(),
                content.actorKind(),
                content.actor(),
                content.action(),
                content.target(),
                content.outcome(),
                content.status(),
                content.traceId(),
                content.source(),
                new TreeMap<>(content.details()),
                entry.prevHash(),
                entry.hash(),
                entry.sealKey(),
                entry.seal());
    }
}
