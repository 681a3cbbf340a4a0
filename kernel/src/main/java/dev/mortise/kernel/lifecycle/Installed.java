package dev.mortise.kernel.lifecycle;

import dev.mortise.api.admin.PluginState;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.kernel.module.Module;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An installed plugin as {@link PluginLifecycle} knows it; immutable, replaced at each change.
 *
 * @param load what runs, or null
 * @param retired the former version in its probation: stopped, its classes still loaded, or null
 * @param problem why it does not run, or what a change left behind
 */
record Installed(
        Shelf.Pointer pointer,
        String description,
        PluginState state,
        Instant since,
        @Nullable PluginLoad load,
        @Nullable Retired retired,
        Optional<String> problem) {

    /** A version that was replaced and can come back without being loaded again. */
    record Retired(PluginManifest manifest, Module module) {}

    /** Returns whether this module is the version in its probation. */
    boolean retires(Module module) {
        return retired != null && retired.module().equals(module);
    }

    /** Returns this without its retired version, where that is the given module. */
    Installed without(Module module) {
        return retires(module) ? new Installed(pointer, description, state, since, load, null, problem) : this;
    }

    /** Returns this with another pointer. */
    Installed with(Shelf.Pointer other) {
        return new Installed(other, description, state, since, load, retired, problem);
    }

    /** Ends the probation. */
    void unloadRetired() {
        if (retired != null) {
            retired.module().unload();
        }
    }

    PluginStatus status() {
        List<String> extensions = load == null ? List.of() : load.publication().extensionNames();
        Optional<String> rollback = pointer.previous().isEmpty() ? Optional.empty() : Optional.of(pointer.previous());
        return new PluginStatus(
                pointer.id(), pointer.active(), description, state, since, rollback, extensions, problem);
    }
}
