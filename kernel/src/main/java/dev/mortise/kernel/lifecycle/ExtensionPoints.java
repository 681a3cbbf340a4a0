package dev.mortise.kernel.lifecycle;

import dev.mortise.api.extension.NamedExtension;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the extension points that a class serves: its interfaces that are {@link NamedExtension}s themselves. */
final class ExtensionPoints {
    private ExtensionPoints() {}

    static Set<Class<?>> of(Class<?> type) {
        Set<Class<?>> points = new LinkedHashSet<>();
        collect(type, points);
        return points;
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> points) {
        if (type == null || type == NamedExtension.class) {
            return;
        }
        if (type.isInterface() && NamedExtension.class.isAssignableFrom(type)) {
            points.add(type);
        }
        for (Class<?> each : type.getInterfaces()) {
            collect(each, points);
        }
        collect(type.getSuperclass(), points);
    }
}
