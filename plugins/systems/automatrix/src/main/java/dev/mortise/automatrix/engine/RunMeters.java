package dev.mortise.automatrix.engine;

import dev.mortise.api.meter.Meters;
import dev.mortise.automatrix.run.RunState;
import java.time.Duration;
import java.util.Locale;

/** The engine's metrics. */
final class RunMeters {
    private final Meters meters;

    RunMeters(Meters meters) {
        this.meters = meters;
    }

    void accepted() {
        meters.counter("automatrix.runs.accepted").increment();
    }

    void ended(RunState state) {
        meters.counter("automatrix.runs.ended", "state", state.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void called(String node, boolean succeeded, Duration time) {
        meters.timer("automatrix.step", "node", node, "outcome", succeeded ? "succeeded" : "failed")
                .record(time);
    }
}
