package dev.mortise.sandbox;

import dev.mortise.api.meter.Meters;
import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.sandbox.pool.CallListener;
import java.util.Locale;

/** Counts calls by language and outcome. */
record CallMeters(Meters meters) implements CallListener {
    @Override
    public void ended(Language language, Outcome outcome) {
        String how = switch (outcome) {
            case Outcome.Completed _ -> "completed";
            case Outcome.Failed failed -> failed.kind().name().toLowerCase(Locale.ROOT);
        };
        meters.timer("sandbox.calls", "language", language.id(), "outcome", how)
                .record(outcome.usage().wall());
    }
}
