package dev.mortise.kernel.setting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of what was set for one plugin, by an operator for the whole server or by a tenant for itself. It holds
 * what was set and nothing else; never changed.
 *
 * @param version from 1, by one more at each change; 0 for nothing that was ever set
 * @param values what was set
 * @param at when; null for version 0
 * @param actor who
 * @param restored the version whose values this one brought back
 */
record Document(
        long version,
        ObjectNode values,
        @Nullable Instant at,
        String actor,
        @Nullable Long restored) {
    static final Document NONE = new Document(0, JsonNodeFactory.instance.objectNode(), null, "", null);

    static Document of(SettingMapper.Row row) {
        JsonNode content = row.content();
        return new Document(
                row.version(),
                content instanceof ObjectNode object ? object : NONE.values(),
                row.at(),
                row.actor(),
                row.restored());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }
}
