package dev.mortise.kernel.permission;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.Set;

/**
 * Who may use a permission in effect. Permissions of the kernel are about the whole server unless they are known to be
 * about one tenant; those of the first kind work for callers of the operator's tenant alone, whatever wildcards another
 * tenant's administrator holds. A new kind of thing in the kernel is therefore closed to tenants until it is listed
 * here.
 *
 * @param operator the tenant of those who run this server
 */
public record OperatorPermissions(TenantId operator) {
    private static final String KERNEL = "kernel.";

    /** Things of the kernel that every tenant has for itself. */
    private static final Set<String> OF_A_TENANT = Set.of(
            "api-keys",
            "audit",
            "events",
            "identity-policy",
            "invitations",
            "jobs",
            "live",
            "me",
            "permissions",
            "roles",
            "secrets",
            "service-accounts",
            "sessions",
            "tenant-settings",
            "tokens",
            "topics",
            "users");

    /** Returns whether the permission is about the whole server. */
    public static boolean isForOperators(String permission) {
        if (!permission.startsWith(KERNEL)) {
            return false;
        }
        int end = permission.indexOf('.', KERNEL.length());
        String thing = end < 0 ? permission.substring(KERNEL.length()) : permission.substring(KERNEL.length(), end);
        return !OF_A_TENANT.contains(thing);
    }

    /** Returns whether the caller holds the permission and it works for the caller's tenant. */
    public boolean permits(CallContext caller, String permission) {
        return caller.principal().may(permission) && (caller.tenant().equals(operator) || !isForOperators(permission));
    }

    /**
     * Refuses a caller who may not.
     *
     * @throws MortiseException with {@code api.forbidden} when the permission is not held, or
     *     {@code kernel.operator-only} when it does not work for this tenant
     */
    public void require(CallContext caller, String permission) {
        if (!caller.principal().may(permission)) {
            throw new MortiseException(
                    ApiError.FORBIDDEN,
                    caller.principal().id() + " lacks the permission " + permission,
                    "Ask an administrator for it");
        }
        if (!permits(caller, permission)) {
            throw new MortiseException(
                    KernelError.OPERATOR_ONLY,
                    "The permission " + permission + " is about the whole server and works for its operator alone",
                    "Ask the operator of this server to do it");
        }
    }
}
