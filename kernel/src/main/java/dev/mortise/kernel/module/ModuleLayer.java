package dev.mortise.kernel.module;

import dev.mortise.api.error.MortiseException;
import java.nio.file.Path;

/**
 * Turns jars into class loaders whose imports are resolved against the API and against one another. The seam behind
 * which OSGi lives; the kernel could run on another implementation.
 */
@SuppressWarnings("AvoidCommonTypeNames") // The architecture's word; java.lang.ModuleLayer is never meant here.
public interface ModuleLayer extends AutoCloseable {
    /**
     * Installs and resolves the jar; its content is copied, the file is not needed afterwards. A failure leaves nothing
     * behind.
     *
     * @throws MortiseException with {@code kernel.plugin-unresolved}, naming each need and what was found instead, or
     *     with {@code kernel.plugin-broken}
     */
    Module load(Path jar);

    /** Unloads all modules. */
    @Override
    void close();
}
