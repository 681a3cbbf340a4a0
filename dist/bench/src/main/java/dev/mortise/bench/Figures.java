package dev.mortise.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Many measurements of one thing, told in a line. */
record Figures(double[] sorted) {
    static Figures of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Figures(sorted);
    }

    double quantile(double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
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
                sorted[sorted.length - 1],
                sorted.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Figures that && Arrays.equals(sorted, that.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
