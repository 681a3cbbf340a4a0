package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
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
    /** Refuses an entry of an export that lacks a part. */
    public EntryView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(at);
        Objects.requireNonNull(actorKind);
        Objects.requireNonNull(actor);
        Objects.requireNonNull(action);
        Objects.requireNonNull(target);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(traceId);
        Objects.requireNonNull(prevHash);
        Objects.requireNonNull(hash);
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

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
                content.details(),
                entry.prevHash(),
                entry.hash(),
                entry.sealKey(),
                entry.seal());
    }

    /** Returns the entry as it stands in a chain. */
    ChainedEntry chained(TenantId tenant) {
        AuditRecord content =
                new AuditRecord(id, at, actorKind, actor, action, target, outcome, status, traceId, source, details);
        return new ChainedEntry(tenant, seq, content, prevHash, hash, sealKey, seal);
    }
}
