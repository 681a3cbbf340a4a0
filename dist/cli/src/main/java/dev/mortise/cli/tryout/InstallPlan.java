package dev.mortise.cli.tryout;

import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which plugins are installed in which order, and which update is made while messages flow.
 *
 * @param steps what is installed, in this order
 * @param update the automotive plugin's step to its newest version, where the catalogue has two
 */
record InstallPlan(List<Step> steps, Optional<Update> update) {
    private static final String PROFILE = "automotive";
    /** Those that others stand on come first; the profile, which uses them all, comes last. */
    private static final List<String> ORDER = List.of("relaycore", "local-embeddings", "openai", "automatrix");

    /** One plugin to install. */
    record Step(String id, String version) {}

    /** A plugin's change from one version to another. */
    record Update(String id, String from, String to) {}

    /**
     * Plans for a server.
     *
     * @param catalogue the answer of {@code GET /api/v1/kernel/catalogue}
     * @param installed the answer of {@code GET /api/v1/kernel/plugins}
     */
    static InstallPlan of(JsonNode catalogue, JsonNode installed) {
        Map<String, List<String>> versions = versions(catalogue);
        Set<String> present = installed
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString(""))
                .collect(Collectors.toSet());
        List<Step> steps = new ArrayList<>();
        versions.entrySet().stream()
                .filter(entry -> !present.contains(entry.getKey()))
                .sorted(Comparator.comparingInt(entry -> rank(entry.getKey())))
                .forEach(entry -> steps.add(new Step(entry.getKey(), first(entry.getKey(), entry.getValue()))));
        List<String> profile = versions.getOrDefault(PROFILE, List.of());
        Optional<Update> update = profile.size() < 2 || present.contains(PROFILE)
                ? Optional.empty()
                : Optional.of(new Update(PROFILE, first(PROFILE, profile), profile.getLast()));
        return new InstallPlan(List.copyOf(steps), update);
    }

    /** The profile begins with the version before the newest, so that there is something to update to. */
    private static String first(String id, List<String> versions) {
        return id.equals(PROFILE) && versions.size() > 1 ? versions.get(versions.size() - 2) : versions.getLast();
    }

    private static int rank(String id) {
        if (id.equals(PROFILE)) {
            return ORDER.size() + 1;
        }
        int index = ORDER.indexOf(id);
        return index < 0 ? ORDER.size() : index;
    }

    private static Map<String, List<String>> versions(JsonNode catalogue) {
        return catalogue
                .path("items")
                .valueStream()
                .collect(Collectors.groupingBy(
                        item -> item.path("id").asString(""),
                        TreeMap::new,
                        Collectors.mapping(
                                item -> item.path("version").asString(""),
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        list -> list.stream()
                                                .distinct()
                                                .sorted(Comparator.comparing(Version::parse))
                                                .toList()))));
    }
}
