package dev.mortise.kernel.store;

import java.beans.Introspector;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.util.Map;
import org.apache.ibatis.ognl.OgnlCache;
import org.apache.ibatis.ognl.OgnlRuntime;
import org.apache.ibatis.ognl.internal.Cache;
import org.apache.ibatis.ognl.internal.HashMapCache;

/**
 * What MyBatis keeps for the whole JVM. OGNL, which evaluates {@code <if test="...">}, remembers every class whose
 * properties and methods it used; without this a plugin with dynamic SQL would never be unloaded.
 *
 * <p>OGNL 3.4 (inside of MyBatis 3.5.19) clears only some of its caches by {@link OgnlRuntime#clearCache}: accessors
 * that it found for a class through its superclass stay. They have no public door, so they are reached by reflection;
 * {@code UnloadingTest} fails when another version of MyBatis keeps its caches elsewhere.
 */
final class ExpressionCaches {
    private ExpressionCaches() {}

    /** Forgets the classes of one loader, and whatever is cheap to find again. */
    static void forget(ClassLoader loader) {
        // MyBatis registers its own accessors there once; without them every dynamic statement of the JVM would be
        // wrong.
        if (loader.equals(OgnlRuntime.class.getClassLoader())) {
            return;
        }
        OgnlRuntime.clearCache();
        OgnlRuntime.clearAdditionalCache();
        Introspector.flushCaches();
        try {
            Object caches = read(OgnlRuntime.class.getDeclaredField("cache"), OgnlRuntime.class);
            for (Field field : OgnlCache.class.getDeclaredFields()) {
                if (Cache.class.isAssignableFrom(field.getType())) {
                    forget(loader, read(field, caches));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of MyBatis keeps its expression caches elsewhere", e);
        }
    }

    private static void forget(ClassLoader loader, Object cache) throws ReflectiveOperationException {
        Map<?, ?> entries = (Map<?, ?>) read(HashMapCache.class.getDeclaredField("cache"), cache);
        // The cache's own lock for every access.
        synchronized (entries) {
            entries.keySet().removeIf(key -> isOf(loader, key));
        }
    }

    private static boolean isOf(ClassLoader loader, Object key) {
        return switch (key) {
            case Class<?> type -> loader.equals(type.getClassLoader());
            case Member member -> loader.equals(member.getDeclaringClass().getClassLoader());
            default -> false;
        };
    }

    private static Object read(Field field, Object owner) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(owner);
    }
}
