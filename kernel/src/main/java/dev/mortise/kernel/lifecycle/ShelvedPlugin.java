package dev.mortise.kernel.lifecycle;

import java.nio.file.Path;

/**
 * An installed plugin as this node's data folder has it.
 *
 * @param jar the active version's jar
 * @param previousJar the jar of the version to roll back to; need not exist
 * @since 0.1
 */
public record ShelvedPlugin(Wanted state, Path jar, Path previousJar) {
    /** Returns the SHA-512 of a jar, in lower-case hex. */
    public static String digest(Path jar) {
        return Shelf.digest(jar);
    }
}
