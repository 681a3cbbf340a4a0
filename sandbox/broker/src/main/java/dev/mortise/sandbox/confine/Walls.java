package dev.mortise.sandbox.confine;

import dev.mortise.api.sandbox.Confinement;
import java.util.List;
import java.util.Optional;

/**
 * What holds a worker on this machine, found out by starting one.
 *
 * @param bubblewrap where namespaces can be had
 * @param locked whether a worker can give up its system calls
 * @param limited whether a worker's resources can be limited
 * @param gaps what is missing and how to get it, for the operator
 * @since 0.1
 */
public record Walls(Optional<Bubblewrap> bubblewrap, boolean locked, boolean limited, List<String> gaps) {
    /** Copies the list. */
    public Walls {
        gaps = List.copyOf(gaps);
    }

    /** Returns how strongly a worker of ours is held: one that locks itself. */
    public Confinement level() {
        return level(locked);
    }

    /** Returns how strongly a worker is held that has, or has not, locked itself. */
    public Confinement level(boolean hasLocked) {
        if (bubblewrap.isPresent()) {
            return hasLocked ? Confinement.NAMESPACED_LOCKED : Confinement.NAMESPACED;
        }
        if (hasLocked) {
            return Confinement.SELF_LOCK;
        }
        return limited ? Confinement.PROCESS : Confinement.NONE;
    }
}
