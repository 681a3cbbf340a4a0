package dev.mortise.kernel.backup;

/**
 * Is told how far a backup or a restore is.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (_, _, _, _) -> {};

    /**
     * A part is done.
     *
     * @param part its name in the archive
     * @param done how many parts are done
     * @param of how many there are
     * @param bytes how long it was, unpacked
     */
    void part(String part, int done, int of, long bytes);
}
