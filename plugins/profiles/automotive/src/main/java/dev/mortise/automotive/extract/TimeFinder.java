package dev.mortise.automotive.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds times of day: {@code 9am}, {@code 2:30 pm}, {@code 14:00}, {@code at 9}, {@code 10 o'clock}, {@code noon}. An
 * hour from 1 to 6 without am or pm is one of the afternoon, since workshops are closed at night.
 */
final class TimeFinder {
    private static final int MOST = 10;
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\w.:,/$£€#-])(?:(noon)|(\\d{1,2})(?:[:.](\\d{2}))? ?(am|pm|a\\.m\\.|p\\.m\\.|o'?clock|o’clock)?)(?![\\w/%]|[.,:]\\d)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AT =
            Pattern.compile("\\b(?:at|by|around|about|until|after|before|from|@) $", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY_PART =
            Pattern.compile("\\b(mornings?|afternoons?|evenings?|tonight|tonite)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern GREETING = Pattern.compile("\\bgood $", Pattern.CASE_INSENSITIVE);

    List<String> times(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = TIME.matcher(text);
        while (found.size() < MOST && matcher.find()) {
            String time = time(matcher, text);
            if (time != null) {
                found.add(time);
            }
        }
        return new ArrayList<>(found);
    }

    List<String> dayParts(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = DAY_PART.matcher(text);
        while (found.size() < MOST && matcher.find()) {
            if (!GREETING.matcher(before(text, matcher.start())).find()) {
                String word = matcher.group(1).toLowerCase(Locale.ROOT);
                found.add(word.startsWith("ton") ? "evening" : word.replaceAll("s$", ""));
            }
        }
        return new ArrayList<>(found);
    }

    private static @Nullable String time(Matcher matcher, String text) {
        if (matcher.group(1) != null) {
            return "12:00";
        }
        int hour = Integer.parseInt(matcher.group(2));
        int minute = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        String suffix = matcher.group(4) == null ? "" : matcher.group(4).toLowerCase(Locale.ROOT);
        boolean colon = matcher.group(3) != null && text.charAt(matcher.end(2)) == ':';
        boolean sure = !suffix.isEmpty()
                || colon
                || AT.matcher(before(text, matcher.start())).find();
        if (!sure || hour > 23 || minute > 59 || (suffix.startsWith("o") && hour > 12)) {
            return null;
        }
        if (suffix.startsWith("p") ? hour < 12 : !suffix.startsWith("a") && !colon && hour >= 1 && hour <= 6) {
            hour += 12;
        } else if (suffix.startsWith("a") && hour == 12) {
            hour = 0;
        }
        return hour > 23 ? null : String.format(Locale.ROOT, "%02d:%02d", hour, minute);
    }

    private static String before(String text, int at) {
        return text.substring(Math.max(0, at - 8), at);
    }
}
