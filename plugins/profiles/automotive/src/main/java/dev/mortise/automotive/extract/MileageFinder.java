package dev.mortise.automotive.extract;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what the odometer says. A number counts when a unit of distance or a word such as "mileage" stands by it, and
 * when nothing says that it is something else: a distance to go, an interval of maintenance, an allowance.
 *
 * <p>Every repetition in the patterns has a bound, so that the time grows with the text and no faster.
 */
final class MileageFinder {
    /** International mile (1959) in kilometres. */
    private static final double KM_PER_MILE = 1.609344;

    private static final int LEAST_KM = 300;
    private static final int MOST_KM = 2_500_000;

    private static final String NUMBER = "(\\d{1,3}(?:[,.' ]\\d{3}){1,2}|\\d{1,7}(?:\\.\\d)?)";
    private static final Pattern WITH_UNIT = Pattern.compile(
            "(?<![\\w.,/#-])" + NUMBER + " ?(k|thousand)?[ -]?(kms?|kilomet(?:er|re)s?|mi|miles?|mls)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ANNOUNCED = Pattern.compile(
            "\\b(?:mileage|odometer|odo|clock|kilometrage)\\b[^\\d\\n.]{0,24}" + NUMBER + " ?(k)?(?![\\w/])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ON_THE_CLOCK = Pattern.compile(
            "(?<![\\w.,/#$£€-])" + NUMBER + " ?(k)? (?:on (?:it|the (?:clock|dash|odo|odometer|meter))\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SPELLED = Pattern.compile(
            "\\b(ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a |one )?hundred)"
                    + "(?:[ -](one|two|three|four|five|six|seven|eight|nine))? thousand (km|kilomet(?:er|re)s|miles)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_AFTER = Pattern.compile(
            "^[ ,]{0,2}(?:away|from|north|south|east|west|per|a (?:year|month|week)|an hour|each|over\\b(?! \\d)|ago|services?\\b"
                    + "|maintenance|check|inspection|maint|svc|warranty|guarantee|interval|range|radius|round trip|down the road"
                    + "|per hour|of range|since|later|in your|while)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_BEFORE = Pattern.compile(
            "(?:every|within|next|last|another|extra|under|below|less than|max(?:imum)?|up to|allowance of|limit of"
                    + "|due (?:at|in)|over by|car|drove|drive|driven my car|service due in|for another|only"
                    + "|years?(?: or|/)) {0,2}$",
            Pattern.CASE_INSENSITIVE);

    private static final Map<String, Integer> TENS = Map.of(
            "ten", 10, "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty", 80,
            "ninety", 90);
    private static final List<String> ONES =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private final boolean milesByDefault;

    /** Reads numbers without a unit as miles, or as kilometres. */
    MileageFinder(boolean milesByDefault) {
        this.milesByDefault = milesByDefault;
    }

    /** Returns the first reading in kilometres, or empty. */
    OptionalInt find(String text) {
        Matcher unit = WITH_UNIT.matcher(text);
        while (unit.find()) {
            double number = number(unit.group(1), unit.group(2) != null);
            OptionalInt km = kilometres(number, isMiles(unit.group(3)));
            if (km.isPresent() && !isSomethingElse(text, unit.start(), unit.end())) {
                return km;
            }
        }
        OptionalInt bare = bare(ANNOUNCED.matcher(text));
        if (bare.isEmpty()) {
            bare = bare(ON_THE_CLOCK.matcher(text));
        }
        return bare.isPresent() ? bare : spelled(text);
    }

    private OptionalInt bare(Matcher matcher) {
        while (matcher.find()) {
            OptionalInt km = kilometres(number(matcher.group(1), matcher.group(2) != null), milesByDefault);
            if (km.isPresent()) {
                return km;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt spelled(String text) {
        Matcher matcher = SPELLED.matcher(text);
        if (!matcher.find()) {
            return OptionalInt.empty();
        }
        String tens = matcher.group(1).toLowerCase(Locale.ROOT);
        int thousands = TENS.getOrDefault(tens, 100);
        String one = matcher.group(2);
        if (one != null) {
            thousands += ONES.indexOf(one.toLowerCase(Locale.ROOT)) + 1;
        }
        return kilometres(thousands * 1000.0, isMiles(matcher.group(3)));
    }

    private static boolean isSomethingElse(String text, int start, int end) {
        return NOT_AFTER
                        .matcher(text.substring(end, Math.min(text.length(), end + 24)))
                        .find()
                || NOT_BEFORE
                        .matcher(text.substring(Math.max(0, start - 24), start))
                        .find();
    }

    private static double number(String digits, boolean thousands) {
        boolean grouped = digits.length() > 4 && !Character.isDigit(digits.charAt(digits.length() - 4));
        String plain = grouped ? digits.replaceAll("\\D", "") : digits.replace("'", "");
        double value = Double.parseDouble(plain);
        return thousands ? value * 1000 : value;
    }

    private static boolean isMiles(String unit) {
        return unit.charAt(0) == 'm' || unit.charAt(0) == 'M';
    }

    private static OptionalInt kilometres(double number, boolean miles) {
        long km = Math.round(miles ? number * KM_PER_MILE : number);
        return km >= LEAST_KM && km <= MOST_KM ? OptionalInt.of((int) km) : OptionalInt.empty();
    }
}
