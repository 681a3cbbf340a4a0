package dev.mortise.kernel.cluster;

import dev.mortise.kernel.lifecycle.Wanted;
import java.util.List;

/**
 * A plugin as all nodes are to run it.
 *
 * @param beforePrevious what {@code previous} was before the last change of versions
 * @param generation rises with each change; the database gives it
 * @param held nodes whose turn has not come yet
 * @since 0.1
 */
public record Installation(
        String id,
        String version,
        String previous,
        String beforePrevious,
        boolean stopped,
        String sha512,
        long generation,
        List<String> held) {
    /** Copies the list. */
    public Installation {
        held = List.copyOf(held);
    }

    static Installation of(Wanted wanted) {
        return new Installation(
                wanted.id(), wanted.version(), wanted.previous(), "", wanted.stopped(), wanted.sha512(), 0, List.of());
    }

    Wanted wanted() {
        return new Wanted(id, version, previous, stopped, sha512, generation);
    }

    Installation held(List<String> nodes) {
        return new Installation(id, version, previous, beforePrevious, stopped, sha512, generation, nodes);
    }

    /** Returns this as it was before its last change of versions. */
    Installation takenBack(String formerSha512) {
        return new Installation(id, previous, beforePrevious, "", false, formerSha512, generation, List.of());
    }
}
