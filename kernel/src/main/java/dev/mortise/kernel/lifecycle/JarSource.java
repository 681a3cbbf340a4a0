package dev.mortise.kernel.lifecycle;

import java.nio.file.Path;

/**
 * Where a jar comes from that is not on this node, or is damaged here.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JarSource {
    /**
     * Writes the jar of that version to the file.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.plugin-storage} when it is not there or not
     *     whole, or {@code kernel.database-unavailable}
     */
    void copy(String id, String version, Path target);
}
