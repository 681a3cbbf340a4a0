package dev.mortise.api.call;

import java.util.Set;

/**
 * Who acts: a person, a machine with an API key, or a plugin working in the background.
 *
 * @param id stable within the tenant, such as {@code key:7f3a9c}
 * @param kind what sort of actor this is
 * @param permissions names such as {@code automatrix.runs.read}; {@code automatrix.*} grants all that begin with
 *     {@code automatrix.}, {@code *} grants everything
 * @since 0.1
 */
public record Principal(String id, Kind kind, Set<String> permissions) {
    /** What sort of actor a principal is. */
    public enum Kind {
        /** A person who signed in. */
        USER,
        /** A machine that presented an API key. */
        API_KEY,
        /** A machine with an account of its own, by one of its keys or tokens. */
        SERVICE_ACCOUNT,
        /** Nobody in particular: a request without credentials, at an operation that is open to such. */
        ANONYMOUS,
        /** A plugin or the kernel itself, working in the background. */
        SYSTEM
    }

    /** Takes an immutable copy of the permissions. */
    public Principal {
        permissions = Set.copyOf(permissions);
    }

    /**
     * Returns whether this principal holds the permission, directly or by a wildcard. Takes time by the dots in the
     * name.
     */
    public boolean may(String permission) {
        if (permissions.contains(permission) || permissions.contains("*")) {
            return true;
        }
        for (int dot = permission.lastIndexOf('.'); dot > 0; dot = permission.lastIndexOf('.', dot - 1)) {
            if (permissions.contains(permission.substring(0, dot) + ".*")) {
                return true;
            }
        }
        return false;
    }
}
