package dev.mortise.kernel.log;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Trace ids as in W3C Trace Context, section 3.2. */
public final class TraceIds {
    private static final int TRACEPARENT_LENGTH = 55;
    private static final String NONE = "0".repeat(32);

    private TraceIds() {}

    /** Returns a new trace id: 32 lower-case hexadecimal digits, not all zero. */
    public static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong() | 1L) + hex.toHexDigits(random.nextLong());
    }

    /** Returns the trace id of a {@code traceparent} header, or a new one where the header is missing or malformed. */
    public static String fromHeader(@Nullable String traceparent) {
        if (traceparent == null
                || traceparent.length() < TRACEPARENT_LENGTH
                || traceparent.charAt(2) != '-'
                || traceparent.charAt(35) != '-') {
            return random();
        }
        String id = traceparent.substring(3, 35);
        return id.chars().allMatch(TraceIds::isLowerHex) && !id.equals(NONE) ? id : random();
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
