package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** From rows to entries. */
final class Rows {
    private Rows() {}

    static AuditRecord content(ChainMapper.Row row) {
        return new AuditRecord(
                row.id(),
                row.at(),
                row.actorKind(),
                row.actor(),
                row.action(),
                row.target(),
                row.outcome(),
                row.status(),
                row.traceId(),
                row.source(),
                details(row.details()));
    }

    static ChainedEntry entry(TenantId tenant, ChainMapper.Row row) {
        return new ChainedEntry(
                tenant,
                row.seq(),
                content(row),
                Objects.requireNonNull(row.prevHash()),
                Objects.requireNonNull(row.hash()),
                row.sealKey(),
                row.seal());
    }

    private static Map<String, String> details(JsonNode node) {
        Map<String, String> details = new LinkedHashMap<>();
        // A value that is no text was put there by hand. It must not read as the text that was there before.
        node.properties()
                .forEach(entry -> details.put(
                        entry.getKey(),
                        entry.getValue().isString()
                                ? entry.getValue().stringValue()
                                : entry.getValue().getNodeType() + " " + entry.getValue()));
        return details;
    }
}
