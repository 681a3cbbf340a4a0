package dev.mortise.kernel.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A node as an administrator sees it.
 *
 * @param self whether it is the node that answers
 * @param heardMillisAgo the age of its last beat, by the database's clock
 * @param leads what it leads
 * @param plugins how many plugins it runs as it is to
 * @param differs plugins that it does not run as it is to, each with the reason
 * @since 0.1
 */
public record NodeView(
        UUID id,
        String name,
        String version,
        String url,
        NodeState state,
        boolean self,
        Instant startedAt,
        long heardMillisAgo,
        List<String> leads,
        int plugins,
        Map<String, String> differs) {}
