package dev.mortise.kernel.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that is published at one moment; immutable. */
final class Snapshot {
    private final Map<String, Publication> byPlugin;
    private final Map<Class<?>, SortedMap<String, Publication>> byPoint;

    private Snapshot(Map<String, Publication> byPlugin) {
        this.byPlugin = byPlugin;
        this.byPoint = new HashMap<>();
        for (Publication publication : byPlugin.values()) {
            publication
                    .extensions()
                    .forEach((point, byName) -> byName.keySet()
                            .forEach(name -> byPoint.computeIfAbsent(point, _ -> new TreeMap<>())
                                    .put(name, publication)));
        }
    }

    static Snapshot empty() {
        return new Snapshot(Map.of());
    }

    /** Returns this snapshot with the publication in place of the plugin's former one. */
    Snapshot with(Publication publication) {
        Map<String, Publication> changed = new HashMap<>(byPlugin);
        changed.put(publication.plugin().id(), publication);
        return new Snapshot(changed);
    }

    Snapshot without(String pluginId) {
        Map<String, Publication> changed = new HashMap<>(byPlugin);
        changed.remove(pluginId);
        return new Snapshot(changed);
    }

    @Nullable
    Publication plugin(String id) {
        return byPlugin.get(id);
    }

    List<Publication> plugins() {
        return List.copyOf(byPlugin.values());
    }

    SortedMap<String, Publication> offers(Class<?> point) {
        return byPoint.getOrDefault(point, new TreeMap<>());
    }

    /**
     * Returns the plugin that already offers an extension that the publication would offer, other than an older self.
     */
    Optional<NameClash> clash(Publication candidate) {
        for (var byName : candidate.extensions().entrySet()) {
            for (String name : byName.getValue().keySet()) {
                Publication holder = offers(byName.getKey()).get(name);
                if (holder != null
                        && !holder.plugin().id().equals(candidate.plugin().id())) {
                    return Optional.of(new NameClash(byName.getKey(), name, holder));
                }
            }
        }
        return Optional.empty();
    }

    record NameClash(Class<?> point, String name, Publication holder) {}
}
