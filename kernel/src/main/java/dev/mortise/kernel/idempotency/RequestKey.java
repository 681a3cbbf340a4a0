package dev.mortise.kernel.idempotency;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header {@code Idempotency-Key}: a string as RFC 9651, section 3.3.3 writes it, or, because most clients
 * send it so, the bare characters.
 */
final class RequestKey {
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7e]+");
    private static final int LONGEST = 255;

    private RequestKey() {}

    static String parse(String header) {
        String text = header.strip();
        Matcher quoted = QUOTED.matcher(text);
        String key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : text;
        boolean isFit = !key.isBlank()
                && key.length() <= LONGEST
                && (quoted.matches() || BARE.matcher(key).matches());
        if (!isFit) {
            throw new MortiseException(
                    KernelError.IDEMPOTENCY_KEY_INVALID,
                    "The header Idempotency-Key is empty, longer than " + LONGEST + " characters or not plain ASCII",
                    "Send a UUID, for example");
        }
        return key;
    }
}
