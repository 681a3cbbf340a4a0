package dev.mortise.kernel.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of the deletion of a tenant; kept when the tenant is gone.
 *
 * @param tenant its id
 * @param requestedBy the principal who asked for it
 * @param finishedAt when the last row was erased, or null while it is not
 * @param counts erased rows by table, a JSON object
 */
public record Erasure(
        UUID tenant,
        String name,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        JsonNode counts) {}
