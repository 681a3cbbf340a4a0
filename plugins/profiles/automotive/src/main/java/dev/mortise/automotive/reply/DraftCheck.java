package dev.mortise.automotive.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a model's draft may be shown: it must not promise or invent. A draft that fails is thrown away for the
 * template's; it is never repaired.
 */
final class DraftCheck {
    private static final int SHORTEST = 40;
    private static final int LONGEST = 1500;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern MONEY_OR_LINK =
            Pattern.compile("[$£€]|https?:|www\\.|@|\\b(?:usd|eur|gbp|dollars?|euros?|pounds?)\\b");
    /** What only a person may say. */
    private static final List<String> PROMISES = List.of(
            "free of charge",
            "no charge",
            "at no cost",
            "guarantee",
            "refund",
            "discount",
            "compensat",
            "we promise",
            "is confirmed",
            "as an ai",
            "language model",
            "system prompt",
            "my instructions");

    private static final List<String> SPELLED_NUMBERS = List.of(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "tomorrow",
            "percent",
            "hundred",
            "thousand");

    private DraftCheck() {}

    /**
     * Returns why the draft may not be shown, or empty where it may.
     *
     * @param sources what may be quoted: the template's draft and the facts
     */
    static Optional<String> objection(String draft, List<String> sources) {
        String lower = draft.toLowerCase(Locale.ROOT);
        String known = String.join("\n", sources).toLowerCase(Locale.ROOT);
        if (draft.length() < SHORTEST || draft.length() > LONGEST) {
            return Optional.of("it has " + draft.length() + " characters");
        }
        Set<String> numbers = numbers(known);
        for (String number : numbers(lower)) {
            if (!numbers.contains(number)) {
                return Optional.of("it says " + number + ", which nobody told it");
            }
        }
        Matcher money = MONEY_OR_LINK.matcher(lower);
        while (money.find()) {
            if (!known.contains(money.group())) {
                return Optional.of("it says " + money.group());
            }
        }
        return java.util.stream.Stream.concat(PROMISES.stream(), SPELLED_NUMBERS.stream())
                .filter(word -> lower.contains(word) && !known.contains(word))
                .findFirst()
                .map(word -> "it says \"" + word + "\"");
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = new HashSet<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(matcher.group());
        }
        return numbers;
    }
}
