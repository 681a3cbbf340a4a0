package dev.mortise.automotive.extract;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a licence plate where it is sure: announced by a word such as "plate", or in Great Britain's form since 2001
 * (two letters, two digits, three letters), which nothing else has.
 */
final class PlateFinder {
    private static final Pattern ANNOUNCED = Pattern.compile(
            "\\b(?:licen[cs]e plate|number plate|plate|registration|reg|rego|licen[cs]e)(?: (?:number|no|nr))?\\.?(?: is)?[:# ]{1,3}"
                    + "([A-Z0-9]{1,8}(?:[ -][A-Z0-9]{1,5}){0,2})\\b");
    private static final Pattern BRITISH = Pattern.compile("\\b([A-Z]{2}\\d{2} ?[A-Z]{3})\\b");

    Optional<String> find(String text) {
        Matcher british = BRITISH.matcher(text);
        if (british.find()) {
            return Optional.of(british.group(1));
        }
        Matcher announced = ANNOUNCED.matcher(text);
        while (announced.find()) {
            String plate = announced.group(1);
            long digits = plate.chars().filter(Character::isDigit).count();
            int length = plate.replaceAll("[ -]", "").length();
            if (digits >= 1 && length >= 4 && length <= 8) {
                return Optional.of(plate.toUpperCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }
}
