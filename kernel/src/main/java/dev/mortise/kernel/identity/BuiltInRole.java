package dev.mortise.kernel.identity;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The roles that every tenant has. What they grant follows from what the kernel and the running plugins declare, so it
 * grows and shrinks with the plugins.
 */
enum BuiltInRole {
    /** Everything, declared or not. */
    ADMIN("Does everything"),
    /**
     * Builds and runs: all permissions of plugins but those that end in {@code .admin}; of the kernel those that end in
     * {@code .read}, without the ones about people, credentials and records of what people did.
     */
    DEVELOPER("Builds and runs everything that plugins offer, and sees the server's state"),
    /** Looks on: the permissions of plugins that end in {@code .read}, and which plugins there are. */
    VIEWER("Sees what plugins show");

    /** The kernel's areas that are the administrators' alone. */
    private static final Set<String> PRIVATE_AREAS = Set.of(
            "users",
            "invitations",
            "service-accounts",
            "api-keys",
            "sessions",
            "identity-policy",
            "audit",
            "secrets",
            "tenants");

    private static final Set<String> VIEWED_OF_KERNEL =
            Set.of("kernel.plugins.read", "kernel.permissions.read", "kernel.roles.read");
    private static final String KERNEL = "kernel.";

    private final String description;

    BuiltInRole(String description) {
        this.description = description;
    }

    String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    static Optional<BuiltInRole> named(String name) {
        return Stream.of(values()).filter(role -> role.roleName().equals(name)).findFirst();
    }

    Set<String> permissions(Collection<String> declared) {
        return switch (this) {
            case ADMIN -> Set.of("*");
            case DEVELOPER -> matching(declared, BuiltInRole::isForDevelopers);
            case VIEWER -> matching(declared, BuiltInRole::isForViewers);
        };
    }

    private static Set<String> matching(Collection<String> declared, Predicate<String> rule) {
        return declared.stream().filter(rule).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isForDevelopers(String permission) {
        if (!permission.startsWith(KERNEL)) {
            return !permission.endsWith(".admin");
        }
        String area = permission.substring(KERNEL.length()).replaceFirst("\\..*", "");
        return permission.endsWith(".read") && !PRIVATE_AREAS.contains(area);
    }

    private static boolean isForViewers(String permission) {
        return permission.startsWith(KERNEL) ? VIEWED_OF_KERNEL.contains(permission) : permission.endsWith(".read");
    }
}
