package dev.mortise.kernel.store;

import org.apache.ibatis.ognl.OgnlRuntime;

/**
 * What MyBatis keeps for the whole JVM. OGNL, which evaluates {@code <if test="...">}, remembers every class whose
 * properties it read; without this a plugin with dynamic SQL would never be unloaded.
 */
final class ExpressionCaches {
    private ExpressionCaches() {}

    static void clear() {
        OgnlRuntime.clearCache();
        OgnlRuntime.clearAdditionalCache();
    }
}
