package dev.mortise.kernel.lifecycle;

/**
 * A plugin as every node is to run it.
 *
 * @param version the version that is active
 * @param previous the version to roll back to, or empty
 * @param stopped whether an administrator stopped it
 * @param sha512 the digest of the active version's jar, in lower-case hex
 * @param generation rises with each change of this plugin
 * @since 0.1
 */
public record Wanted(String id, String version, String previous, boolean stopped, String sha512, long generation) {
    Shelf.Pointer pointer() {
        return new Shelf.Pointer(id, version, previous, stopped, sha512);
    }
}
