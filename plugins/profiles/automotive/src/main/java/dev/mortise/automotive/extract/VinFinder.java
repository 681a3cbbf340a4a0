package dev.mortise.automotive.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds vehicle identification numbers, also in lower case and with spaces or hyphens in them. A letter that cannot
 * occur (O, Q, I) is read as the digit it is mistaken for, but only when the check digit then holds.
 */
final class VinFinder {
    private static final int MOST = 10;
    /** Words before a number that say it is one, so that one with spaces in it needs no check digit. */
    private static final List<String> ANNOUNCED = List.of("vin", "chassis", "fin", "identification");

    List<Found> find(String text) {
        Map<String, Found> found = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length() && found.size() < MOST) {
            int start = nextWord(text, from);
            if (start == text.length()) {
                break;
            }
            Optional<Found> vin = at(text, start);
            vin.ifPresent(v -> found.putIfAbsent(v.vin().value(), v));
            from = vin.map(Found::end).orElseGet(() -> wordEnd(text, start));
        }
        return new ArrayList<>(found.values());
    }

    /** Joins up to 17 characters from here, over single spaces and hyphens: bounded work for each word. */
    private static Optional<Found> at(String text, int start) {
        StringBuilder joined = new StringBuilder(Vin.LENGTH);
        int gaps = 0;
        int at = start;
        while (at < text.length() && joined.length() < Vin.LENGTH) {
            char c = text.charAt(at);
            if (isAlphanumeric(c)) {
                joined.append(c);
            } else if ((c == ' ' || c == '-') && at + 1 < text.length() && isAlphanumeric(text.charAt(at + 1))) {
                gaps++;
            } else {
                return Optional.empty();
            }
            at++;
        }
        boolean whole = joined.length() == Vin.LENGTH && (at == text.length() || !isAlphanumeric(text.charAt(at)));
        if (!whole) {
            return Optional.empty();
        }
        int end = at;
        return read(joined.toString(), gaps, announced(text, start)).map(vin -> new Found(vin, start, end));
    }

    private static Optional<Vin> read(String raw, int gaps, boolean announced) {
        String upper = raw.toUpperCase(Locale.ROOT);
        String vin = upper.replace('O', '0').replace('Q', '0').replace('I', '1');
        long digits = vin.chars().filter(c -> c <= '9').count();
        boolean serialIsNumber = vin.chars().skip(Vin.LENGTH - 4).allMatch(c -> c <= '9');
        if (digits < 5 || digits == Vin.LENGTH || !serialIsNumber) {
            return Optional.empty();
        }
        boolean holds = Vin.checkDigitHolds(vin);
        boolean repaired = !vin.equals(upper);
        // A word of 17 letters and digits is rare; one made of several words must prove itself.
        boolean plausible = gaps == 0 || announced;
        if (holds || (!repaired && plausible && !Vin.checkDigitRequired(vin))) {
            return Optional.of(new Vin(vin, holds));
        }
        return Optional.empty();
    }

    private static boolean announced(String text, int start) {
        String before = text.substring(Math.max(0, start - 24), start).toLowerCase(Locale.ROOT);
        return ANNOUNCED.stream().anyMatch(before::contains);
    }

    private static int nextWord(String text, int from) {
        int at = from;
        while (at < text.length() && !isAlphanumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isAlphanumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** A number and where it stands. */
    record Found(Vin vin, int start, int end) {}
}
