package dev.mortise.cli.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One message of an inbox.
 *
 * @param line where it begins in its file, counted from 1
 * @param id what the file calls it, or a name made from its content
 * @param channel how it came: {@code mail}, {@code sms}, {@code web}, {@code phone-note}, or what the file says
 * @param from who sent it, as the file has it; may be empty
 * @param receivedAt when it came, where the file says so in a form that is understood
 * @param text the words, which may be empty; never with half of a surrogate pair, since UTF-8 cannot carry one
 * @param label what it should be decided as, in labelled samples
 * @since 0.1
 */
public record InboxMessage(
        long line,
        String id,
        String channel,
        String from,
        Optional<Instant> receivedAt,
        String text,
        Optional<Label> label)
        implements InboxEntry {
    private static final int ID_BYTES = 8;

    /** Mends the text where it could not be sent. */
    public InboxMessage {
        text = wellFormed(text);
    }

    /** Returns a name that the same content has in every run: 16 hexadecimal digits of its SHA-256 sum. */
    static String idOf(String channel, String from, Optional<Instant> receivedAt, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {
                channel, from, receivedAt.map(Instant::toString).orElse(""), text
            }) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return "c-" + HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every JDK has SHA-256", absent);
        }
    }

    private static String wellFormed(String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.getType(point) == Character.SURROGATE ? '\uFFFD' : point)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }
}
