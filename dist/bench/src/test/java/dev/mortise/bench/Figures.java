package dev.mortise.bench;

import java.util.List;
import java.util.Locale;

/** Many measurements of one thing, smallest first. */
record Figures(List<Double> sorted) {
    static Figures of(List<Double> values) {
        return new Figures(values.stream().sorted().toList());
    }

    double quantile(double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    double median() {
        return quantile(0.5);
    }

    String inMillis() {
        return String.format(
                Locale.ROOT,
                "median %.2f ms, p95 %.2f ms, max %.2f ms (%d runs)",
                median(),
                quantile(0.95),
                sorted.getLast(),
                sorted.size());
    }
}
