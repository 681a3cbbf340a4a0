package dev.mortise.kernel.store;

/**
 * What a transaction may do.
 *
 * @since 0.1
 */
public enum Access {
    /** Reads only; the database refuses a write. */
    READ,
    /** Reads and writes. */
    WRITE
}
