package dev.mortise.cli.tryout;

import dev.mortise.cli.inbox.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/** Counts how many of the labelled facts were found, and how many were found that no label has. */
final class FactsScore {
    /** Miles are converted and rounded on the way, by everybody a little differently. */
    private static final double MILEAGE_TOLERANCE = 0.01;
    /** What is left of a number when area and country are taken for granted. */
    private static final int SHORTEST_PHONE = 7;

    private static final int SHOWN = 100;

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final List<TryReport.FactMiss> misses = new ArrayList<>();

    private static final class Count {
        private int expected;
        private int found;
        private int extra;
    }

    FactsScore() {
        for (String kind : List.of("vin", "mileageKm", "phones", "dates")) {
            counts.put(kind, new Count());
        }
    }

    /**
     * Compares the facts of one message.
     *
     * @param from who sent it; a number found there is right, though labels name only what the text says
     */
    void add(String id, String from, Facts expected, Facts found) {
        compare(
                id,
                "vin",
                expected.vin().stream().toList(),
                found.vin().stream().toList(),
                FactsScore::sameVin);
        compare(id, "mileageKm", mileage(expected), mileage(found), FactsScore::near);
        List<String> phones = found.phones().stream()
                .filter(phone -> !samePhone(from, phone)
                        || expected.phones().stream().anyMatch(wanted -> samePhone(wanted, phone)))
                .toList();
        compare(id, "phones", expected.phones(), phones, FactsScore::samePhone);
        compare(id, "dates", expected.dates(), found.dates(), FactsScore::sameDate);
    }

    List<TryReport.FactCount> summary() {
        List<TryReport.FactCount> summary = new ArrayList<>();
        counts.forEach(
                (kind, count) -> summary.add(new TryReport.FactCount(kind, count.expected, count.found, count.extra)));
        return summary;
    }

    /** Returns the labelled facts that were not found, the first hundred. */
    List<TryReport.FactMiss> misses() {
        return List.copyOf(misses);
    }

    private <T> void compare(String id, String kind, List<T> expected, List<T> found, BiPredicate<T, T> same) {
        Count count = counts.computeIfAbsent(kind, added -> new Count());
        for (T wanted : expected) {
            count.expected++;
            if (found.stream().anyMatch(got -> same.test(wanted, got))) {
                count.found++;
            } else if (misses.size() < SHOWN) {
                misses.add(new TryReport.FactMiss(
                        id,
                        kind,
                        wanted.toString(),
                        found.stream().map(Object::toString).toList()));
            }
        }
        count.extra += (int) found.stream()
                .filter(got -> expected.stream().noneMatch(wanted -> same.test(wanted, got)))
                .count();
    }

    private static List<Long> mileage(Facts facts) {
        return facts.mileageKm().isPresent() ? List.of(facts.mileageKm().getAsLong()) : List.of();
    }

    private static boolean sameVin(String wanted, String got) {
        return wanted.toUpperCase(Locale.ROOT).equals(got.toUpperCase(Locale.ROOT));
    }

    private static boolean near(long wanted, long got) {
        return Math.abs(wanted - got) <= wanted * MILEAGE_TOLERANCE;
    }

    /** A number without its country is the same number. */
    private static boolean samePhone(String wanted, String got) {
        String left = wanted.replaceAll("\\D", "");
        String right = got.replaceAll("\\D", "").replaceFirst("^0+", "");
        return Math.min(left.length(), right.length()) >= SHORTEST_PHONE
                && (left.endsWith(right) || right.endsWith(left));
    }

    private static boolean sameDate(String wanted, String got) {
        return got.startsWith(wanted);
    }
}
