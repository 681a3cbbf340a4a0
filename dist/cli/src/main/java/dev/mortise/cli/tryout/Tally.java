package dev.mortise.cli.tryout;

import dev.mortise.cli.inbox.Facts;
import dev.mortise.cli.inbox.Label;
import dev.mortise.cli.inbox.UnreadableEntry;
import dev.mortise.cli.tryout.Outcome.Decided;
import dev.mortise.cli.tryout.Outcome.Failed;
import dev.mortise.cli.tryout.Outcome.HandedOver;
import dev.mortise.cli.tryout.Outcome.Lost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds up outcomes as they come, from many threads. What it holds grows with the kinds of outcome and by two numbers a
 * message, never by the messages' words.
 */
final class Tally {
    private static final int SHOWN = 100;

    private record Route(String department, String intent) {}

    private final Map<Route, Map<String, Integer>> routes =
            new TreeMap<>(Comparator.comparing(Route::department).thenComparing(Route::intent));
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, Integer> versions = new TreeMap<>();
    private final Latencies accepting = new Latencies();
    private final Latencies deciding = new Latencies();
    private final LabelScore labels = new LabelScore();
    private final List<Outcome> broken = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private int decided;
    private int person;
    private int failed;
    private int lost;
    private int unreadableCount;
    private int duplicates;

    synchronized void add(Outcome outcome) {
        if (outcome.acceptNanos() > 0) {
            accepting.add(outcome.acceptNanos());
        }
        switch (outcome.result()) {
            case Decided result -> {
                decided++;
                deciding.add(outcome.totalNanos());
                routes.computeIfAbsent(new Route(result.department(), result.intent()), added -> new TreeMap<>())
                        .merge(result.urgency(), 1, Integer::sum);
                versions.merge(result.version(), 1, Integer::sum);
                score(outcome, Optional.of(result), result.facts());
            }
            case HandedOver result -> {
                person++;
                deciding.add(outcome.totalNanos());
                reasons.merge(result.reason(), 1, Integer::sum);
                versions.merge(result.version(), 1, Integer::sum);
                score(outcome, Optional.empty(), result.facts());
            }
            case Failed ignored -> {
                failed++;
                broken.add(outcome);
            }
            case Lost ignored -> {
                lost++;
                broken.add(outcome);
            }
        }
    }

    synchronized void unreadable(UnreadableEntry entry) {
        unreadableCount++;
        if (unreadable.size() < SHOWN) {
            unreadable.add(entry.toString());
        }
    }

    synchronized void duplicate() {
        duplicates++;
    }

    synchronized TryReport.Counts counts() {
        return new TryReport.Counts(
                decided + person + failed + lost, decided, person, failed, lost, unreadableCount, duplicates);
    }

    /** Returns how many messages failed or were lost whose time overlaps with the update's. */
    synchronized long brokenDuring(LiveUpdate.Made update) {
        return broken.stream().filter(update::overlaps).count();
    }

    synchronized TryReport report(TryReport.Frame frame) {
        return new TryReport(
                counts(),
                frame,
                routes.entrySet().stream().map(Tally::routed).toList(),
                most(reasons),
                versions.entrySet().stream()
                        .map(entry -> new TryReport.NamedCount(entry.getKey(), entry.getValue()))
                        .toList(),
                accepting.summary(),
                deciding.summary(),
                labels.summary(),
                broken.stream().limit(SHOWN).map(Tally::shown).toList(),
                List.copyOf(unreadable));
    }

    private void score(Outcome outcome, Optional<Decided> result, Facts facts) {
        Optional<Label> label = outcome.label();
        label.ifPresent(expected -> labels.add(outcome.id(), outcome.from(), expected, result, facts));
    }

    private static TryReport.Routed routed(Map.Entry<Route, Map<String, Integer>> entry) {
        int count =
                entry.getValue().values().stream().mapToInt(Integer::intValue).sum();
        return new TryReport.Routed(
                entry.getKey().department(), entry.getKey().intent(), count, Map.copyOf(entry.getValue()));
    }

    private static List<TryReport.NamedCount> most(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> new TryReport.NamedCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static TryReport.Broken shown(Outcome outcome) {
        return switch (outcome.result()) {
            case Failed(String code, String message) ->
                new TryReport.Broken(outcome.id(), outcome.line(), code, message);
            case Lost(String message) -> new TryReport.Broken(outcome.id(), outcome.line(), "cli.try-lost", message);
            case Decided fine -> throw new IllegalStateException("not broken: " + fine);
            case HandedOver fine -> throw new IllegalStateException("not broken: " + fine);
        };
    }
}
