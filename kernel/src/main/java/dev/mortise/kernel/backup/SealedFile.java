package dev.mortise.kernel.backup;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small file under a pass phrase: PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2; {@value #ROUNDS} rounds) makes the
 * key, AES-256-GCM (NIST SP 800-38D) seals. Layout: magic, salt, nonce, sealed content; magic and salt are
 * authenticated too.
 */
final class SealedFile {
    private static final int ROUNDS = 600_000;
    private static final byte[] MAGIC = "mortise-sealed-1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private SealedFile() {}

    static byte[] seal(byte[] content, char[] passPhrase) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, passPhrase, salt, nonce).doFinal(content);
            return ByteBuffer.allocate(MAGIC.length + SALT + NONCE + sealed.length)
                    .put(MAGIC)
                    .put(salt)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK lacks AES-GCM or PBKDF2", e);
        }
    }

    /** Returns the content; fails when the pass phrase is another one. */
    static byte[] open(byte[] file, char[] passPhrase) {
        int head = MAGIC.length + SALT + NONCE;
        if (file.length < head || !Arrays.equals(Arrays.copyOf(file, MAGIC.length), MAGIC)) {
            throw BackupFailure.broken("The sealed master key in the backup is damaged", null);
        }
        byte[] salt = Arrays.copyOfRange(file, MAGIC.length, MAGIC.length + SALT);
        byte[] nonce = Arrays.copyOfRange(file, MAGIC.length + SALT, head);
        try {
            return cipher(Cipher.DECRYPT_MODE, passPhrase, salt, nonce).doFinal(file, head, file.length - head);
        } catch (AEADBadTagException wrong) {
            throw new MortiseException(
                    KernelError.BACKUP_PASS_PHRASE,
                    "The pass phrase does not open the master key in the backup",
                    "Give the pass phrase of the day when the backup was made, or restore with --without-keys and put the"
                            + " master key in place yourself",
                    wrong);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK lacks AES-GCM or PBKDF2", e);
        }
    }

    private static Cipher cipher(int mode, char[] passPhrase, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        PBEKeySpec specification = new PBEKeySpec(passPhrase, salt, ROUNDS, 256);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(specification)
                .getEncoded();
        specification.clearPassword();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(MAGIC);
        cipher.updateAAD(salt);
        return cipher;
    }
}
