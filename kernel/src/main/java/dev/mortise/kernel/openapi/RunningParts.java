package dev.mortise.kernel.openapi;

import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Publication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parts of the kernel and of every plugin that is published at the moment, in order of their ids.
 *
 * @param kernel the kernel's own resources
 */
public record RunningParts(String version, HttpEndpoint kernel, ExtensionRegistry registry)
        implements Supplier<List<ApiDocument.Part>> {
    @Override
    public List<ApiDocument.Part> get() {
        List<ApiDocument.Part> parts = new ArrayList<>();
        parts.add(new ApiDocument.Part("kernel", version, kernel.description()));
        registry.published().stream()
                .sorted(Comparator.comparing(publication -> publication.plugin().id()))
                .forEach(publication -> addLeased(publication, parts));
        return parts;
    }

    /** Under a lease, because the plugin's classes are read; one that is just being replaced is left out. */
    private static void addLeased(Publication publication, List<ApiDocument.Part> parts) {
        HttpEndpoint endpoint = publication.http();
        if (endpoint == null || !publication.leases().tryAcquire()) {
            return;
        }
        try {
            parts.add(new ApiDocument.Part(
                    publication.plugin().id(), publication.plugin().version(), endpoint.description()));
        } finally {
            publication.leases().release();
        }
    }
}
