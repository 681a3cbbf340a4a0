package dev.mortise.kernel.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals by a key that lives as long as this process; the room of secrets replaces it. */
public final class LocalSeal implements Seal {
    private final SecureRandom random = new SecureRandom();
    private final byte[] key = new byte[32];

    /** Makes the key. */
    public LocalSeal() {
        random.nextBytes(key);
    }

    @Override
    public byte[] seal(byte[] plain, String place) {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain, place);
        return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
    }

    @Override
    public byte[] open(byte[] sealed, String place) {
        return crypt(
                Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, 12), Arrays.copyOfRange(sealed, 12, sealed.length), place);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text, String place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What was sealed for " + place + " cannot be opened", e);
        }
    }
}
