package dev.mortise.kernel.redact;

import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what identifies a person, and secrets, by what they were: {@code [email]}, {@code [iban]}, {@code [card]},
 * {@code [vin]}, {@code [phone]}, {@code [secret]}. Numbers with check digits count only where these are right, so that
 * amounts, dates and ids stay.
 *
 * @since 0.1
 */
public final class PersonalData {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Pattern EMAIL = Pattern.compile(
            "[\\p{L}\\p{N}._%+'-]{1,64}(?:@|\\s?\\(at\\)\\s?|%40)[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){0,8}\\.\\p{L}{2,24}");

    /** ISO 13616: country, two check digits, 11 to 30 more, in groups of four or together. */
    private static final Pattern IBAN = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,4})?(?![\\p{L}\\p{N}])");

    /** ISO/IEC 7812: 13 to 19 digits. */
    private static final Pattern CARD =
            Pattern.compile("(?<![\\p{L}\\p{N}])[0-9](?:[ -]?[0-9]){12,18}(?![\\p{L}\\p{N}])");

    /** ISO 3779: 17 characters without I, O and Q. */
    private static final Pattern VIN =
            Pattern.compile("(?<![\\p{L}\\p{N}])[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![\\p{L}\\p{N}])");

    /** E.164 with a plus or 00, or a national number that begins with 0 or brackets and has separators. */
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\p{L}\\p{N}.:-])(?:\\+|00)[1-9][0-9]{0,3}(?:[ ./()-]{0,3}[0-9]){5,13}(?![\\p{L}\\p{N}])"
                    + "|(?<![\\p{L}\\p{N}.:/-])(?:\\(0?[0-9]{2,5}\\)|0[1-9][0-9]{1,4}[ /-]|[2-9][0-9]{2}[-.][2-9][0-9]{2}[-.](?=[0-9]{4}\\b))[ /-]{0,2}[0-9](?:[ -]?[0-9]){3,10}(?![\\p{L}\\p{N}])");

    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private PersonalData() {}

    /** Returns the text with secrets and personal data replaced. */
    public static String redact(String text) {
        String redacted = Redaction.of(text);
        if (redacted.length() < 6) {
            return redacted;
        }
        if (redacted.contains("@") || redacted.contains("(at)") || redacted.contains("%40")) {
            redacted = replace(EMAIL, redacted, "[email]", _ -> true);
        }
        if (redacted.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return redacted;
        }
        // UUIDs are all over the place and have runs of digits; they are put aside and back.
        Matcher ids = UUID_TEXT.matcher(redacted);
        StringBuilder whole = new StringBuilder(redacted.length());
        int from = 0;
        while (ids.find()) {
            whole.append(numbers(redacted.substring(from, ids.start()))).append(ids.group());
            from = ids.end();
        }
        return whole.append(numbers(redacted.substring(from))).toString();
    }

    private static String numbers(String text) {
        String redacted = replace(IBAN, text, "[iban]", PersonalData::isIban);
        redacted = replace(CARD, redacted, "[card]", PersonalData::isCard);
        redacted = replace(VIN, redacted, "[vin]", PersonalData::isVin);
        return replace(PHONE, redacted, "[phone]", _ -> true);
    }

    private static String replace(Pattern pattern, String text, String mask, Predicate<String> counts) {
        return pattern.matcher(text)
                .replaceAll((MatchResult found) ->
                        Matcher.quoteReplacement(counts.test(found.group()) ? mask : found.group()));
    }

    /** ISO 7064, MOD 97-10. */
    private static boolean isIban(String text) {
        String compact = text.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
        if (compact.length() < 15 || compact.length() > 34) {
            return false;
        }
        StringBuilder digits = new StringBuilder();
        (compact.substring(4) + compact.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue() == 1;
    }

    /** Luhn's check digit (ISO/IEC 7812-1, annex B). */
    private static boolean isCard(String text) {
        String digits = text.replaceAll("[ -]", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0 && digits.chars().distinct().count() > 1;
    }

    /** Letters and digits, and digits alone in three of the last four places, as the serial number has them. */
    private static boolean isVin(String text) {
        long digits = text.chars().filter(Character::isDigit).count();
        long digitsAtEnd = text.substring(13).chars().filter(Character::isDigit).count();
        return digits >= 4 && digits < 17 && digitsAtEnd >= 3;
    }
}
