package dev.mortise.kernel.inspect;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Permissions;
import dev.mortise.kernel.lifecycle.PluginManifest;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pf4j.ExtensionPoint;

/**
 * The main class and the extensions, looked at without being made.
 *
 * @param loader the plugin's own
 */
record PluginClasses(PluginManifest manifest, ClassLoader loader) {
    List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        List<Class<?>> extensions = new ArrayList<>();
        try {
            construct(manifest.pluginClass(), MortisePlugin.class);
            for (String name : manifest.extensionClasses()) {
                extensions.add(construct(name, ExtensionPoint.class));
            }
        } catch (MortiseException refused) {
            return List.of(Finding.refused("classes", refused));
        }
        findings.add(Finding.fine("extensions", describe(extensions)));
        findings.addAll(permissions(extensions));
        return findings;
    }

    private Class<?> construct(String name, Class<?> expected) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (!expected.isAssignableFrom(type)) {
                throw refused(name, "it is no " + expected.getName());
            }
            if (!Modifier.isPublic(type.getModifiers()) || type.getConstructors().length != 1) {
                throw refused(name, "it must be public and have exactly one public constructor");
            }
            return type;
        } catch (ClassNotFoundException | LinkageError e) {
            throw refused(name, e.toString());
        }
    }

    private MortiseException refused(String name, String what) {
        return new MortiseException(
                KernelError.PLUGIN_CONSTRUCTION,
                manifest.plugin() + ": " + name + " cannot be constructed: " + what,
                "Make it a public class with one public constructor that takes the plugin's main class or a PluginContext");
    }

    private static String describe(List<Class<?>> extensions) {
        return String.join(
                ", ",
                extensions.stream()
                        .map(type -> type.getSimpleName() + " ("
                                + (HttpResource.class.isAssignableFrom(type) ? "HTTP" : points(type)) + ")")
                        .toList());
    }

    private static String points(Class<?> type) {
        List<String> points = Arrays.stream(type.getInterfaces())
                .filter(NamedExtension.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .toList();
        return points.isEmpty() ? "no extension point of its own" : String.join(", ", points);
    }

    private List<Finding> permissions(List<Class<?>> extensions) {
        List<Class<?>> resources =
                extensions.stream().filter(HttpResource.class::isAssignableFrom).toList();
        List<Finding> findings = new ArrayList<>();
        TreeSet<String> declared = new TreeSet<>();
        for (Class<?> type : resources) {
            try {
                Permissions.requireDeclared(type);
            } catch (MortiseException refused) {
                findings.add(Finding.refused("permissions", refused));
            }
            Stream.concat(Stream.of(type), Arrays.stream(type.getMethods()))
                    .flatMap(element -> permission(element).stream())
                    .forEach(declared::add);
        }
        if (!declared.isEmpty()) {
            findings.add(Finding.fine("permissions", String.join(", ", declared)));
        }
        String own = manifest.plugin().id() + ".";
        declared.removeIf(name -> name.startsWith(own));
        if (!declared.isEmpty()) {
            findings.add(Finding.warning(
                    "permissions",
                    "It asks for permissions that are not named after it: " + String.join(", ", declared),
                    "Begin the name with " + own));
        }
        return findings;
    }

    private static Optional<String> permission(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(RequiresPermission.class))
                .map(RequiresPermission::value);
    }
}
