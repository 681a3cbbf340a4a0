package dev.mortise.cli.tryout;

import java.util.Arrays;

/** Every latency of a feed, eight bytes each, so that the percentiles are exact. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[256];
    private int size;

    void add(long value) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = value;
    }

    TryReport.Latency summary() {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return new TryReport.Latency(
                millis(sorted, 0.50), millis(sorted, 0.95), millis(sorted, 0.99), millis(sorted, 1.0));
    }

    /** The nearest-rank percentile: the smallest value that at least this share does not exceed. */
    private static double millis(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return Math.round(sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI * 10) / 10.0;
    }
}
