package dev.mortise.kernel.registry;

import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.plugin.PluginInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one load of a plugin offers, and the leases on it.
 *
 * @param plugin which plugin, in which version
 * @param classLoader the context class loader for calls into it
 * @param leases the calls that run in it
 * @param extensions its named extensions, by extension point and name
 * @param http its HTTP resources, or null when it has none
 */
public record Publication(
        PluginInfo plugin,
        ClassLoader classLoader,
        Leases leases,
        Map<Class<?>, Map<String, NamedExtension>> extensions,
        @Nullable HttpEndpoint http) {
    /** Takes an immutable copy of the extensions. */
    public Publication {
        Map<Class<?>, Map<String, NamedExtension>> copy = new java.util.HashMap<>();
        extensions.forEach((point, byName) -> copy.put(point, Map.copyOf(byName)));
        extensions = Map.copyOf(copy);
    }

    @Nullable
    NamedExtension extension(Class<?> point, String name) {
        Map<String, NamedExtension> byName = extensions.get(point);
        return byName == null ? null : byName.get(name);
    }

    /** Returns the extensions for people, such as {@code NodeType automotive.classify}, sorted. */
    public List<String> extensionNames() {
        Map<String, String> names = new TreeMap<>();
        extensions.forEach((point, byName) -> byName.keySet().forEach(name -> {
            String text = point.getSimpleName() + " " + name;
            names.put(text, text);
        }));
        if (http != null) {
            http.paths().forEach(path -> names.put("HttpResource " + path, "HttpResource " + path));
        }
        return List.copyOf(names.values());
    }
}
