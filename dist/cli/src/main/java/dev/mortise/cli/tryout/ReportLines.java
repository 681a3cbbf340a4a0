package dev.mortise.cli.tryout;

import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as people read it. */
final class ReportLines {
    private static final List<String> URGENCIES = List.of("critical", "high", "normal", "low");
    private static final int SHOWN = 10;
    private static final int WIDTH = 160;

    private final TryReport report;
    private final List<String> lines = new ArrayList<>();

    ReportLines(TryReport report) {
        this.report = report;
    }

    List<String> lines() {
        summary();
        decided();
        person();
        labels();
        latency();
        versions();
        problems();
        return List.copyOf(lines);
    }

    private void summary() {
        TryReport.Counts counts = report.counts();
        TryReport.Frame frame = report.frame();
        double seconds = frame.feedMillis() / 1000.0;
        blank();
        lines.add(String.format(
                Locale.ROOT,
                "%d messages of %s in %.1f s (%.0f a second, %d at a time)",
                counts.fed(),
                frame.input(),
                seconds,
                seconds == 0 ? 0 : counts.fed() / seconds,
                frame.concurrency()));
        lines.add(String.format(
                Locale.ROOT,
                "  decided by the profile  %5d   %s, goal at least %s",
                counts.decided(),
                percent(counts.decidedShare()),
                percent(TryReport.DECIDED_GOAL)));
        lines.add(String.format(Locale.ROOT, "  handed to a person      %5d", counts.person()));
        lines.add(String.format(Locale.ROOT, "  failed                  %5d", counts.failed()));
        lines.add(String.format(Locale.ROOT, "  accepted, then lost     %5d", counts.lost()));
        if (counts.duplicates() > 0) {
            lines.add(String.format(Locale.ROOT, "  skipped, id seen before %5d", counts.duplicates()));
        }
        if (counts.unreadable() > 0) {
            lines.add(String.format(Locale.ROOT, "  not readable            %5d", counts.unreadable()));
        }
    }

    private void decided() {
        if (report.decided().isEmpty()) {
            return;
        }
        blank();
        Table table = new Table("DEPARTMENT", "INTENT", "DECIDED", "CRITICAL", "HIGH", "NORMAL", "LOW");
        for (TryReport.Routed routed : report.decided()) {
            List<String> cells = new ArrayList<>(
                    List.of(safe(routed.department()), safe(routed.intent()), right(routed.count(), "DECIDED")));
            for (String urgency : URGENCIES) {
                int count = routed.urgency().getOrDefault(urgency, 0);
                cells.add(right(count, urgency));
            }
            table.row(cells.toArray(String[]::new));
        }
        lines.addAll(table.lines());
    }

    private void person() {
        if (!report.person().isEmpty()) {
            blank();
            lines.add(String.format(Locale.ROOT, "Handed to a person because: %s", named(report.person())));
        }
    }

    private void labels() {
        report.labels().ifPresent(labels -> {
            blank();
            lines.add(String.format(
                    Locale.ROOT,
                    "Of %d decided messages with a label, %d meet it: %s, goal at least %s",
                    labels.decided(),
                    labels.met(),
                    percent(labels.metShare()),
                    percent(TryReport.MET_GOAL)));
            lines.add(String.format(
                    Locale.ROOT,
                    "  right department %d, right urgency %d; of %d that need a person, %d went to one",
                    labels.departmentMet(),
                    labels.urgencyMet(),
                    labels.personNeeded(),
                    labels.personGiven()));
            lines.add(String.format(
                    Locale.ROOT,
                    "  facts found: %s",
                    labels.facts().stream()
                            .map(fact -> "%s %d of %d (+%d)"
                                    .formatted(fact.kind(), fact.found(), fact.expected(), fact.extra()))
                            .collect(Collectors.joining(", "))));
            labels.misses().stream()
                    .limit(SHOWN)
                    .forEach(miss -> lines.add(String.format(
                            Locale.ROOT,
                            "  missed: %s is %s, decided as %s",
                            safe(miss.id()),
                            safe(miss.expected()),
                            safe(miss.got()))));
            more(labels.decided() - labels.met() - SHOWN);
        });
    }

    private void latency() {
        blank();
        Table table = new Table("LATENCY IN MS", "P50", "P95", "P99", "MAX");
        table.row(latencyRow("accepted", report.acceptMillis()));
        table.row(latencyRow("decided, end to end", report.endToEndMillis()));
        lines.addAll(table.lines());
    }

    private void versions() {
        blank();
        lines.add(String.format(Locale.ROOT, "Decided by version: %s", named(report.versions())));
        report.frame()
                .update()
                .ifPresentOrElse(this::update, () -> lines.add("No newer version was there to update to"));
    }

    private void update(TryReport.Updated update) {
        String change = "%s %s to %s".formatted(update.id(), update.from(), update.to());
        update.problem()
                .ifPresentOrElse(
                        problem -> lines.add(
                                String.format(Locale.ROOT, "The update of %s was refused: %s", change, safe(problem))),
                        () -> lines.add(String.format(
                                Locale.ROOT,
                                "Updated %s in mid-run: %d ms, %d messages sent meanwhile, %d failed",
                                change,
                                update.millis(),
                                update.sentMeanwhile(),
                                update.failed())));
    }

    private void problems() {
        if (!report.broken().isEmpty()) {
            blank();
            report.broken().stream()
                    .limit(SHOWN)
                    .forEach(broken -> lines.add(String.format(
                            Locale.ROOT,
                            "failed: %s (line %d): %s: %s",
                            safe(broken.id()),
                            broken.line(),
                            safe(broken.code()),
                            safe(broken.message()))));
            more(report.counts().broken() - SHOWN);
        }
        if (!report.unreadable().isEmpty()) {
            blank();
            report.unreadable().stream().limit(SHOWN).forEach(place -> lines.add("not readable: " + safe(place)));
            more(report.counts().unreadable() - SHOWN);
        }
    }

    private void more(int count) {
        if (count > 0) {
            lines.add(String.format(Locale.ROOT, "  and %d more; --json has up to a hundred", count));
        }
    }

    private static String[] latencyRow(String name, TryReport.Latency latency) {
        return new String[] {
            name, millis(latency.p50()), millis(latency.p95()), millis(latency.p99()), millis(latency.max())
        };
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String right(int count, String heading) {
        String text = count == 0 ? "-" : String.valueOf(count);
        return " ".repeat(Math.max(0, heading.length() - text.length())) + text;
    }

    private static String named(List<TryReport.NamedCount> counts) {
        return counts.stream()
                .map(each -> safe(each.name()) + " " + each.count())
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String safe(String text) {
        return SafeText.line(text, WIDTH);
    }

    private void blank() {
        lines.add("");
    }
}
