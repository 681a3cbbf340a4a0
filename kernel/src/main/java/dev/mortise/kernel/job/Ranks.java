package dev.mortise.kernel.job;

import dev.mortise.api.job.JobPriority;

/** Priorities as the database orders them; with room between them. */
final class Ranks {
    private static final int NORMAL = 5;
    private static final int HIGH = 9;

    private Ranks() {}

    static int of(JobPriority priority) {
        return switch (priority) {
            case LOW -> 0;
            case NORMAL -> NORMAL;
            case HIGH -> HIGH;
        };
    }

    static JobPriority priority(int rank) {
        if (rank < NORMAL) {
            return JobPriority.LOW;
        }
        return rank < HIGH ? JobPriority.NORMAL : JobPriority.HIGH;
    }
}
