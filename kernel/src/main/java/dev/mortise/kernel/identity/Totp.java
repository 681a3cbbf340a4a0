package dev.mortise.kernel.identity;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, steps of 30 seconds, six
 * digits.
 *
 * @param seed 20 bytes, as RFC 4226, section 4 recommends
 */
record Totp(ByteBuffer seed) {
    static final int SEED_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    /** Clocks of phones differ a little (RFC 6238, section 5.2). */
    private static final int STEPS_AROUND = 1;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static Totp of(byte[] seed) {
        return new Totp(ByteBuffer.wrap(seed.clone()).asReadOnlyBuffer());
    }

    /**
     * Returns the time step of which this is the code, when it is near now and later than the given one.
     *
     * @param lastStep the step of the last code that was taken
     */
    OptionalLong stepOf(String code, Instant now, long lastStep) {
        long present = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = present - STEPS_AROUND; step <= present + STEPS_AROUND; step++) {
            boolean isSame = MessageDigest.isEqual(
                    code(step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
            if (isSame && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    String code(Instant at) {
        return code(at.getEpochSecond() / STEP_SECONDS);
    }

    /** The dynamic truncation of RFC 4226, section 5.3. */
    private String code(long step) {
        byte[] digest = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = digest[digest.length - 1] & 0xf;
        int number = ByteBuffer.wrap(digest, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    }

    private byte[] hmac(byte[] message) {
        byte[] key = new byte[seed.remaining()];
        seed.duplicate().get(key);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HMAC-SHA-1", e);
        }
    }

    /** Returns the seed as people type it (RFC 4648, section 6), without padding: 20 bytes need none. */
    String base32() {
        StringBuilder text = new StringBuilder();
        ByteBuffer bytes = seed.duplicate();
        int bits = 0;
        int held = 0;
        while (bytes.hasRemaining()) {
            held = (held << 8 | (bytes.get() & 0xff)) & 0xfff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt(held >> (bits - 5) & 31));
            }
        }
        return text.toString();
    }

    /** Returns the address that apps read from a QR code: Google Authenticator's "Key Uri Format". */
    String uri(String account) {
        return "otpauth://totp/Mortise:" + encoded(account) + "?secret=" + base32()
                + "&issuer=Mortise&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP_SECONDS;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Totp[hidden]";
    }
}
