package dev.mortise.kernel.setting;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One version of what was set, as callers see it.
 *
 * @param version from 1, by one more at each change
 * @param at when it was set
 * @param by who has set it
 * @param restored the version whose values it brought back
 * @param values everything that was set then; secrets are hidden, their names are not
 */
public record SettingsVersion(long version, Optional<Instant> at, String by, Optional<Long> restored, JsonNode values) {
    static SettingsVersion of(DeclaredSchema schema, Document document) {
        return new SettingsVersion(
                document.version(),
                Optional.ofNullable(document.at()),
                document.actor(),
                Optional.ofNullable(document.restored()),
                SecretReferences.masked(schema, document.values()));
    }
}
