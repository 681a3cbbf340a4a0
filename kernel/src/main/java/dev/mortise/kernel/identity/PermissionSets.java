package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What may be given to whom. A wildcard such as {@code automatrix.*} counts as all that it covers. */
final class PermissionSets {
    private PermissionSets() {}

    /** Returns whether the one, which may be a wildcard, grants all that the other one grants. */
    static boolean covers(String granting, String granted) {
        return granting.equals("*")
                || granting.equals(granted)
                || (granting.endsWith(".*") && granted.startsWith(granting.substring(0, granting.length() - 1)));
    }

    static boolean covers(Collection<String> granting, String granted) {
        return granting.stream().anyMatch(one -> covers(one, granted));
    }

    /** Returns what both sides grant. */
    static Set<String> intersection(Collection<String> left, Collection<String> right) {
        Set<String> both = new TreeSet<>();
        left.stream().filter(one -> covers(right, one)).forEach(both::add);
        right.stream().filter(one -> covers(left, one)).forEach(both::add);
        return both;
    }

    /**
     * Refuses to let the caller give, or get hold of, what it does not hold itself.
     *
     * @throws MortiseException with {@code kernel.permission-not-held}, naming what is missing
     */
    static void requireHeld(Collection<String> permissions) {
        Principal caller = CallContext.current().principal();
        List<String> missing = permissions.stream()
                .filter(one -> !covers(caller.permissions(), one))
                .sorted()
                .limit(5)
                .toList();
        if (!missing.isEmpty()) {
            throw new MortiseException(
                    KernelError.PERMISSION_NOT_HELD,
                    caller.id() + " does not hold " + String.join(", ", missing)
                            + " and so can neither give it nor change whoever holds it",
                    "Ask somebody who holds it, or leave it out");
        }
    }
}
