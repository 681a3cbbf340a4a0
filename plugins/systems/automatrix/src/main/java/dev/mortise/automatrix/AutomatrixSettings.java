package dev.mortise.automatrix;

import dev.mortise.api.settings.Setting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plugin's settings; what is left out has a default.
 *
 * @param parallelRuns how many runs one server executes at the same time, 1 to 10,000; 64 by default
 * @param stepBudget how many steps one run may take before it is ended, 1 to 1,000,000; 1,000 by default
 * @param stopGrace how long a stop waits for the steps that are under way; 15 seconds by default
 */
public record AutomatrixSettings(
        @Setting(
                value =
                        "How many runs one server executes at the same time; 64 by default. Read when the plugin starts.",
                min = 1,
                max = AutomatrixSettings.MOST_RUNS)
        @Nullable
        Integer parallelRuns,

        @Setting(
                value =
                        "How many steps one run may take before it is ended; 1,000 by default. Read when the plugin starts.",
                min = 1,
                max = AutomatrixSettings.MOST_STEPS)
        @Nullable
        Integer stepBudget,

        @Setting("How long a stop waits for the steps under way, as PT15S, the default. Read when the plugin starts.")
        @Nullable
        Duration stopGrace) {
    private static final int MOST_RUNS = 10_000;
    private static final int MOST_STEPS = 1_000_000;

    /** Checks the ranges. */
    public AutomatrixSettings {
        require(parallelRuns == null || (parallelRuns >= 1 && parallelRuns <= MOST_RUNS), "parallelRuns is 1 to 10000");
        require(stepBudget == null || (stepBudget >= 1 && stepBudget <= MOST_STEPS), "stepBudget is 1 to 1000000");
        require(stopGrace == null || !stopGrace.isNegative(), "stopGrace is not negative");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Returns how many runs are executed at the same time. */
    public int parallelRunsOrDefault() {
        return parallelRuns == null ? 64 : parallelRuns;
    }

    /** Returns how many steps a run may take. */
    public int stepBudgetOrDefault() {
        return stepBudget == null ? 1_000 : stepBudget;
    }

    /** Returns how long a stop waits. */
    public Duration stopGraceOrDefault() {
        return stopGrace == null ? Duration.ofSeconds(15) : stopGrace;
    }
}
