package dev.mortise.kernel.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random secret of 256 bits as text, behind a prefix that tells what it is for. The database holds its SHA-256: with
 * that many random bits a slow password hash would add nothing.
 *
 * @param text told once, and kept nowhere
 */
record OpaqueToken(String text) {
    private static final int SECRET_BYTES = 32;

    static OpaqueToken mint(String prefix, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new OpaqueToken(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    byte[] hash() {
        return sha256(text);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "OpaqueToken[hidden]";
    }
}
