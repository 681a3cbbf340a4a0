package dev.mortise.automotive.extract;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds days, absolute and relative to the day on which the message came.
 *
 * <p>What is ambiguous is read so:
 *
 * <ul>
 *   <li>{@code 3/5} has the month first in the United States and the day first elsewhere; a part above 12 is the day;
 *       {@code 5.3.} has the day first everywhere.
 *   <li>A day without a year is the one between 60 days back and the next 305 days.
 *   <li>"Tuesday" and "this Tuesday" are the next one to come, never today; "next Tuesday" is that of the next calendar
 *       week (Monday to Sunday).
 *   <li>"the 5th" is the next 5th to come.
 *   <li>What lies in the past ("last Tuesday", "since Monday") is not a date that the workshop has to act on, and is
 *       left out.
 * </ul>
 */
final class DateFinder {
    private static final int MOST = 10;
    private static final int MONTHS_BACK_DAYS = 60;

    private static final String MONTH =
            "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
                    + "|nov(?:ember)?|dec(?:ember)?)";
    private static final Pattern ISO = pattern("(?<![\\w/-])(20\\d{2})-(\\d{1,2})-(\\d{1,2})(?![\\w-])");
    private static final Pattern SLASHED =
            pattern("(?<![\\w/.,$£€-])(\\d{1,2})/(\\d{1,2})(?:/(20\\d{2}|\\d{2}))?(?![\\w/%\"]|[.,]\\d)");
    private static final Pattern DOTTED =
            pattern("(?<![\\w/.,$£€-])(\\d{1,2})\\.(\\d{1,2})\\.(20\\d{2}|\\d{2})?(?![\\w])");
    private static final Pattern DAY_MONTH =
            pattern("(?<![\\w.,])(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH + "\\b\\.?(?:,? (20\\d{2}))?");
    private static final Pattern MONTH_DAY = pattern(
            "\\b" + MONTH + "\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\w/:%]|[.,]\\d)" + "(?:,? (20\\d{2}))?");
    private static final Pattern ORDINAL =
            pattern("\\bthe (\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?" + MONTH + "\\b| time| service| gear)");
    private static final Pattern RELATIVE =
            pattern("\\b(day after tomorrow|today|tonight|tonite|tomorrow|tommorow|tomorow|tmrw|tmr|2moro|tomo)\\b");
    private static final Pattern IN_DAYS =
            pattern("\\bin (?:about )?(a|one|two|three|four|five|six|\\d{1,2}) (days?|weeks?)(?:'s?)?\\b");
    private static final Pattern WEEKDAY = pattern(
            "\\b(?:(next|this|last|past|since|coming) )?(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
                    + "|mon|tues?|weds?|thurs?|thu|fri|(?<=\\b(?:on|this|next|by|or|til|until|every|come|do|for) )(?:sat|sun))\\b");
    private static final Pattern PAST_BEFORE = pattern(
            "(?:last|since|past|was|were|bought .{0,12}|until last|back on|dropped .{0,12}|brought .{0,12}|happened|had .{0,12}|ago)"
                    + " (?:on |this )?$");
    private static final Pattern ANOTHER_WISE_BEFORE =
            pattern("(?:open|closed|every|most|any|each|hours) (?:on |over )?$");

    private static final List<String> NUMBERS = List.of("one", "two", "three", "four", "five", "six");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "mon", DayOfWeek.MONDAY,
            "tue", DayOfWeek.TUESDAY,
            "wed", DayOfWeek.WEDNESDAY,
            "thu", DayOfWeek.THURSDAY,
            "fri", DayOfWeek.FRIDAY,
            "sat", DayOfWeek.SATURDAY,
            "sun", DayOfWeek.SUNDAY);

    private final boolean monthFirst;

    /** Reads 3/5 as March 5th, or as May 3rd. */
    DateFinder(boolean monthFirst) {
        this.monthFirst = monthFirst;
    }

    List<LocalDate> find(String text, LocalDate today) {
        TreeMap<Integer, LocalDate> found = new TreeMap<>();
        scan(ISO, text, found, m -> of(number(m, 1), number(m, 2), number(m, 3)));
        scan(SLASHED, text, found, m -> slashed(m, today));
        scan(DOTTED, text, found, m -> dayMonth(number(m, 1), number(m, 2), m.group(3), today));
        scan(DAY_MONTH, text, found, m -> dayMonth(number(m, 1), month(m.group(2)), m.group(3), today));
        scan(MONTH_DAY, text, found, m -> dayMonth(number(m, 2), month(m.group(1)), m.group(3), today));
        scan(ORDINAL, text, found, m -> nextDayOfMonth(number(m, 1), today));
        scan(RELATIVE, text, found, m -> Optional.of(relative(m.group(1), today)));
        scan(IN_DAYS, text, found, m -> Optional.of(inDays(m, today)));
        scan(WEEKDAY, text, found, m -> weekday(m, text, today));
        return new ArrayList<>(new LinkedHashSet<>(found.values()));
    }

    private interface Reading {
        Optional<LocalDate> read(Matcher matcher);
    }

    /** Keeps the first reading at each place. */
    private static void scan(Pattern pattern, String text, Map<Integer, LocalDate> found, Reading reading) {
        Matcher matcher = pattern.matcher(text);
        for (int hits = 0; hits < MOST && matcher.find(); ) {
            Optional<LocalDate> date = reading.read(matcher);
            if (date.isPresent()) {
                found.putIfAbsent(matcher.start(), date.get());
                hits++;
            }
        }
    }

    private Optional<LocalDate> slashed(Matcher m, LocalDate today) {
        int first = number(m, 1);
        int second = number(m, 2);
        boolean always = first == 24 && second == 7;
        // 1/2 and 3/4 are fractions more often than days.
        boolean fraction =
                m.group(3) == null && ((first == 1 && second <= 4 && second > 1) || (first == 3 && second == 4));
        if (always || fraction) {
            return Optional.empty();
        }
        boolean monthLeads = first > 12 ? false : second > 12 || monthFirst;
        return monthLeads ? dayMonth(second, first, m.group(3), today) : dayMonth(first, second, m.group(3), today);
    }

    private static Optional<LocalDate> dayMonth(int day, int month, @Nullable String year, LocalDate today) {
        if (year != null) {
            int written = Integer.parseInt(year);
            return of(written < 100 ? 2000 + written : written, month, day);
        }
        return of(today.getYear(), month, day).map(date -> {
            long ahead = ChronoUnit.DAYS.between(today, date);
            if (ahead < -MONTHS_BACK_DAYS) {
                return date.plusYears(1);
            }
            return ahead > 365 - MONTHS_BACK_DAYS ? date.minusYears(1) : date;
        });
    }

    private static Optional<LocalDate> nextDayOfMonth(int day, LocalDate today) {
        LocalDate month = today.withDayOfMonth(1);
        for (int ahead = 0; ahead < 3; ahead++) {
            LocalDate candidate = month.plusMonths(ahead);
            if (day >= 1
                    && day <= candidate.lengthOfMonth()
                    && !candidate.withDayOfMonth(day).isBefore(today)) {
                return Optional.of(candidate.withDayOfMonth(day));
            }
        }
        return Optional.empty();
    }

    private static LocalDate relative(String word, LocalDate today) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "today", "tonight", "tonite" -> today;
            case "day after tomorrow" -> today.plusDays(2);
            default -> today.plusDays(1);
        };
    }

    private static LocalDate inDays(Matcher m, LocalDate today) {
        String count = m.group(1).toLowerCase(Locale.ROOT);
        int number = count.equals("a") ? 1 : NUMBERS.indexOf(count) + 1;
        if (number == 0) {
            number = Integer.parseInt(count);
        }
        return m.group(2).startsWith("w") || m.group(2).startsWith("W")
                ? today.plusWeeks(number)
                : today.plusDays(number);
    }

    private static Optional<LocalDate> weekday(Matcher m, String text, LocalDate today) {
        String which = m.group(1) == null ? "" : m.group(1).toLowerCase(Locale.ROOT);
        String before = text.substring(Math.max(0, m.start() - 24), m.start());
        boolean past = which.equals("last")
                || which.equals("past")
                || which.equals("since")
                || PAST_BEFORE.matcher(before).find();
        boolean general = m.group(2).endsWith("days")
                || m.group(2).endsWith("DAYS")
                || ANOTHER_WISE_BEFORE.matcher(before).find();
        if (past || general) {
            return Optional.empty();
        }
        DayOfWeek day = DAYS.get(m.group(2).substring(0, 3).toLowerCase(Locale.ROOT));
        if (day == null) {
            return Optional.empty();
        }
        if (which.equals("next")) {
            LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            return Optional.of(monday.with(TemporalAdjusters.nextOrSame(day)));
        }
        return Optional.of(today.with(TemporalAdjusters.next(day)));
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Optional<LocalDate> of(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException notADay) {
            // 13/32 is a size, a price or a joke; no day is the right answer.
            return Optional.empty();
        }
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
