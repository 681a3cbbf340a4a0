package dev.mortise.kernel.identity;

/**
 * Seals what must be readable again, unlike passwords: seeds of second factors, private halves of signing keys.
 *
 * @since 0.1
 */
public interface Seal {
    /**
     * Encrypts and authenticates.
     *
     * @param place where the bytes belong; needed to open them again
     */
    byte[] seal(byte[] plain, String place);

    /** Decrypts what {@link #seal} returned for the same place. */
    byte[] open(byte[] sealed, String place);
}
