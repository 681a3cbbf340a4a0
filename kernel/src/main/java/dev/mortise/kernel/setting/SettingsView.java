package dev.mortise.kernel.setting;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The settings of one plugin as callers see them; secrets are hidden, their names are not.
 *
 * @param plugin whose settings they are
 * @param version of what was set, from 1; 0 for nothing; also the entity tag
 * @param changedAt when it was set
 * @param changedBy who has set it
 * @param values what was set here, for the whole server or for the tenant
 * @param effective what holds, with the layers below; what is in neither has the plugin's own default
 * @param sources which layer each property of {@code effective} comes from: {@code file}, {@code server} or
 *     {@code tenant}
 * @param problems what was set and does not hold, because it does not fit the version of the plugin that runs
 */
public record SettingsView(
        String plugin,
        long version,
        Optional<Instant> changedAt,
        Optional<String> changedBy,
        JsonNode values,
        JsonNode effective,
        Map<String, String> sources,
        List<Problem> problems) {
    /**
     * Something that was set and does not hold.
     *
     * @param path where it stands, as a JSON pointer (RFC 6901)
     * @param source the layer it was set in
     * @param message what is wrong with it
     */
    public record Problem(String path, String source, String message) {
        static Problem of(Effective.Problem problem) {
            return new Problem(
                    problem.fault().path(),
                    word(problem.source()),
                    problem.fault().message());
        }
    }

    static SettingsView of(
            String plugin, DeclaredSchema schema, Document document, Effective effective, List<Problem> problems) {
        Map<String, String> sources = new TreeMap<>();
        effective.sources().forEach((name, source) -> sources.put(name, word(source)));
        return new SettingsView(
                plugin,
                document.version(),
                Optional.ofNullable(document.at()),
                Optional.of(document.actor()).filter(actor -> !actor.isEmpty()),
                SecretReferences.masked(schema, document.values()),
                SecretReferences.masked(schema, effective.values()),
                sources,
                problems);
    }

    static String word(Effective.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
