package dev.mortise.kernel.identity;

import dev.mortise.api.error.MortiseException;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address in the one form in which it is kept and compared: lower case, the domain in its ASCII form (RFC
 * 5890). The part before the {@code @} takes the characters of a dot-atom (RFC 5322, section 3.2.3) and no others: two
 * addresses that look alike must not be two people. Quoted and internationalised local parts are refused.
 *
 * @param text at most 254 characters (RFC 5321, section 4.5.3.1.3)
 */
record EmailAddress(String text) {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*+");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)++[a-z][a-z0-9-]{0,61}[a-z0-9]");

    /**
     * Reads an address as people type it.
     *
     * @throws MortiseException with {@code api.input-invalid}; the message does not repeat the address
     */
    static EmailAddress parse(@Nullable String typed) {
        return find(typed)
                .orElseThrow(
                        () -> PlainText.invalid(
                                "\"email\" is no e-mail address that can be used here",
                                "Send one such as ann@example.org: letters without accents, digits and .!#$%&'*+/=?^_`{|}~- before the @"));
    }

    /** Returns the address, or empty where {@link #parse} refuses. */
    static Optional<EmailAddress> find(@Nullable String typed) {
        if (typed == null || typed.length() > LONGEST + 50) {
            return Optional.empty();
        }
        String clean = typed.strip();
        int at = clean.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        String local = clean.substring(0, at).toLowerCase(Locale.ROOT);
        Optional<String> domain = asciiDomain(clean.substring(at + 1));
        return domain.filter(_ -> local.length() <= LONGEST_LOCAL && isAscii(clean.substring(0, at)))
                .filter(_ -> LOCAL.matcher(local).matches())
                .map(ascii -> local + "@" + ascii)
                .filter(text -> text.length() <= LONGEST)
                .map(EmailAddress::new);
    }

    /** Lower-casing makes ASCII letters of two that are none: the Kelvin sign and the dotted capital I. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static Optional<String> asciiDomain(String domain) {
        if (domain.codePoints().anyMatch(point -> PlainText.isHidden(point) || Character.isWhitespace(point))) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return Optional.of(ascii).filter(text -> DOMAIN.matcher(text).matches());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // No domain: too long, an empty label, a character that none may have.
        }
    }
}
