package dev.mortise.kernel.tenant;

import dev.mortise.api.call.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tenant as its operator sees it.
 *
 * @param name short and unique on this server, for commands and addresses
 * @param displayName for people; empty when none was given
 * @param settings what the operator notes about it, a JSON object
 * @param eraseAfter from when on its rows are erased; null unless it is being deleted
 */
public record Tenant(
        TenantId id,
        String name,
        String displayName,
        TenantState state,
        JsonNode settings,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant eraseAfter) {}
