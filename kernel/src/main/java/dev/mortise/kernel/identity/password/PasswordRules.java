package dev.mortise.kernel.identity.password;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords are taken (after NIST SP 800-63B-4, section 3.1.1): long ones, that are not among the common ones, do
 * not repeat or count, and are not the person's address. No rule on kinds of characters, no expiry.
 *
 * @since 0.1
 */
public final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 256;
    private static final int FEWEST_DIFFERENT = 5;

    private final Set<String> common;

    private PasswordRules(Set<String> common) {
        this.common = common;
    }

    /** Returns the rules with the built-in list of common passwords. */
    public static PasswordRules standard() {
        try (InputStream list = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
            return new PasswordRules(
                    text.lines().filter(line -> !line.isBlank()).collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the password when it may be used.
     *
     * @param email the person's address
     * @throws MortiseException with {@code kernel.password-refused}; the message does not repeat the password
     */
    public String require(@Nullable String password, String email) {
        int length = password == null ? 0 : password.codePointCount(0, password.length());
        if (password == null || length < SHORTEST || length > LONGEST) {
            throw refused("The password has not from " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (password.codePoints().anyMatch(Character::isISOControl)) {
            throw refused("The password has control characters");
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (plain.contains(email)
                || plain.equals(email.substring(0, email.indexOf('@')).repeat(2))) {
            throw refused("The password is the e-mail address");
        }
        if (plain.codePoints().distinct().count() < FEWEST_DIFFERENT || counts(plain)) {
            throw refused("The password repeats the same few characters, or counts");
        }
        if (common.contains(plain) || common.contains(stem(plain))) {
            throw refused("The password is among the ones that are tried first");
        }
        return password;
    }

    /** Returns whether each character follows the one before by the same step, as in abcdefghijkl. */
    private static boolean counts(String text) {
        int step = text.charAt(1) - text.charAt(0);
        for (int i = 2; i < text.length(); i++) {
            if (text.charAt(i) - text.charAt(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    /** Common ones are made longer by what is put behind them. */
    private static String stem(String text) {
        return text.replaceAll("[0-9!?.@#$_-]++$", "");
    }

    private static MortiseException refused(String what) {
        return new MortiseException(
                KernelError.PASSWORD_REFUSED,
                what,
                "Choose a longer one, such as several words that do not belong together");
    }
}
