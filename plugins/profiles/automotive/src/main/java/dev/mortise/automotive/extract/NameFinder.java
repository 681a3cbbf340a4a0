package dev.mortise.automotive.extract;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the name that a message is signed with, introduces, or is sent under. The result goes into replies, so it is
 * letters only and short.
 */
final class NameFinder {
    private static final String NAME = "(\\p{Lu}[\\p{L}'’-]{1,20}\\.?(?: \\p{Lu}[\\p{L}'’.-]{0,20}){0,2})";
    private static final Pattern INTRODUCED = Pattern.compile("\\b(?:[Mm]y name is|[Mm]y name's|[Tt]his is) " + NAME);
    private static final Pattern SIGNED = Pattern.compile(
            "(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Cc]heers|[Ss]incerely|[Yy]ours|[Bb]est|[Ww]ishes|[Gg]reetings)[,.! ]{0,3}\\s{0,4}\\n?\\s{0,4}"
                    + NAME + "[.,]?\\s{0,4}(?:\\n|$|\\(?\\+?\\d)");
    private static final Pattern SENDER = Pattern.compile("^\"?" + NAME + "\"?\\s{0,3}(?:<|$)");
    private static final Set<String> NOT_NAMES = Set.of(
            "the",
            "my",
            "your",
            "a",
            "an",
            "i",
            "we",
            "urgent",
            "sent",
            "regards",
            "thanks",
            "not",
            "about",
            "service",
            "customer",
            "unknown",
            "mobile",
            "best",
            "kind",
            "dear",
            "hi",
            "hello",
            "please",
            "it",
            "mr",
            "mrs",
            "ms");

    Optional<String> find(String text, String from) {
        String end = text.substring(Math.max(0, text.length() - 400));
        return first(SIGNED.matcher(end))
                .or(() -> first(INTRODUCED.matcher(text)))
                .or(() -> first(SENDER.matcher(from.strip())));
    }

    private static Optional<String> first(Matcher matcher) {
        while (matcher.find()) {
            String name = matcher.group(1).strip();
            String word = name.split(" ", 2)[0].toLowerCase(Locale.ROOT);
            if (!NOT_NAMES.contains(word) && name.length() <= 48) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
