package dev.mortise.kernel.job;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as {@code mortise.fetch_jobs} hands it to a node, in JSON.
 *
 * @param traceparent the span that was open where it was scheduled; null where that was not traced
 */
record JobPick(
        UUID id,
        UUID tenant,
        String plugin,
        String handler,
        int attempt,
        long version,
        String traceId,
        @Nullable String traceparent,
        JsonNode payload) {
    /** Returns on whose behalf the job is run: the plugin that scheduled it, for the tenant it did it for. */
    CallContext context() {
        Principal self = new Principal("plugin:" + plugin, Principal.Kind.SYSTEM, Set.of("*"));
        return new CallContext(new TenantId(tenant), self, traceId);
    }
}
