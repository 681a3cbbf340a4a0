package dev.mortise.kernel.lifecycle;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.error.KernelError;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a plugin's objects by their one public constructor, from what the kernel has to offer: the context and, for
 * extensions, the plugin's main class.
 */
record Construction(PluginInfo plugin, ClassLoader classLoader, List<Object> offers) {
    /**
     * Makes an object.
     *
     * @throws MortiseException with {@code kernel.plugin-construction}, or the constructor's own
     */
    <T> T make(String className, Class<T> expected) {
        try {
            Class<?> type = Class.forName(className, true, classLoader);
            if (!expected.isAssignableFrom(type)) {
                throw failure(className, "it is no " + expected.getName(), null);
            }
            Constructor<?> constructor = constructor(type);
            return expected.cast(constructor.newInstance(arguments(constructor)));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof MortiseException own) {
                throw own;
            }
            throw failure(className, "its constructor threw " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failure(className, e.toString(), e);
        }
    }

    private Constructor<?> constructor(Class<?> type) {
        Constructor<?>[] constructors = type.getConstructors();
        if (constructors.length != 1 || !Modifier.isPublic(type.getModifiers())) {
            throw failure(type.getName(), "it must be public and have exactly one public constructor", null);
        }
        return constructors[0];
    }

    private Object[] arguments(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameterTypes())
                .map(type -> offers.stream()
                        .filter(type::isInstance)
                        .findFirst()
                        .orElseThrow(() -> failure(
                                constructor.getDeclaringClass().getName(),
                                "its constructor asks for " + type.getName()
                                        + "; the kernel gives a PluginContext and the plugin's main class",
                                null)))
                .toArray();
    }

    private MortiseException failure(
            String className, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new MortiseException(
                KernelError.PLUGIN_CONSTRUCTION,
                plugin + ": " + className + " cannot be constructed: " + what,
                "Report it to the plugin's author; the former state of the server is unchanged",
                cause);
    }
}
