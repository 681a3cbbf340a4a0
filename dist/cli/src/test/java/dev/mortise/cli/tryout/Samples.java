package dev.mortise.cli.tryout;

import dev.mortise.cli.inbox.Facts;
import dev.mortise.cli.inbox.Label;
import dev.mortise.cli.tryout.Outcome.Decided;
import dev.mortise.cli.tryout.Outcome.HandedOver;
import dev.mortise.cli.tryout.Outcome.Result;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Small labels and outcomes for tests. */
final class Samples {
    static final Facts NO_FACTS = new Facts(Optional.empty(), OptionalLong.empty(), List.of(), List.of());

    private Samples() {}

    static Label label(String... intents) {
        return new Label(false, List.of(intents), List.of("service"), "normal", NO_FACTS);
    }

    static Label forPerson() {
        return new Label(true, List.of(), List.of(), "low", NO_FACTS);
    }

    static Decided decided(String intent) {
        return new Decided(intent, "service", "normal", "0.1.0", NO_FACTS);
    }

    static HandedOver handedOver(String reason) {
        return new HandedOver(reason, "0.1.0", NO_FACTS);
    }

    static Outcome outcome(String id, Optional<Label> label, Result result) {
        return new Outcome(id, 1, "+14025550100", label, result, 0, 1_000_000, 5_000_000);
    }

    static TryReport report(Tally tally) {
        return tally.report(
                new TryReport.Frame("inbox.jsonl", "http://127.0.0.1:1", 900, List.of(), 8, 2000, Optional.empty()));
    }
}
