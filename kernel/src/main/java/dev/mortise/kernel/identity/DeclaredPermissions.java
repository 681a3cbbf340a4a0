package dev.mortise.kernel.identity;

import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Publication;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The permissions that the kernel and the running plugins declare at their resources; asked anew each time, because
 * plugins come and go.
 *
 * @since 0.1
 */
public final class DeclaredPermissions implements Supplier<Set<String>> {
    /** What is not served by a resource. */
    private static final String METRICS = "kernel.metrics.read";

    private final ExtensionRegistry registry;
    private volatile Set<String> ofKernel = Set.of(METRICS);

    /** Reads from what is published. */
    public DeclaredPermissions(ExtensionRegistry registry) {
        this.registry = registry;
    }

    /** Tells what the kernel's own resources declare, once they are there. */
    public void ofKernel(Collection<String> declared) {
        Set<String> all = new TreeSet<>(declared);
        all.add(METRICS);
        ofKernel = Set.copyOf(all);
    }

    @Override
    public Set<String> get() {
        Set<String> all = new TreeSet<>(ofKernel);
        for (Publication publication : registry.publications()) {
            HttpEndpoint http = publication.http();
            if (http != null) {
                all.addAll(http.permissions());
            }
        }
        return all;
    }
}
