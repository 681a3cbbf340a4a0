package dev.mortise.cli.tryout;

import dev.mortise.cli.inbox.Facts;
import dev.mortise.cli.inbox.Label;
import dev.mortise.cli.tryout.Outcome.Decided;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares decisions with labels. What was left to a person never counts as wrong. */
final class LabelScore {
    private static final int SHOWN = 100;

    private final FactsScore facts = new FactsScore();
    private final List<TryReport.Miss> misses = new ArrayList<>();
    private int labelled;
    private int decided;
    private int met;
    private int departmentMet;
    private int urgencyMet;
    private int personNeeded;
    private int personGiven;

    void add(String id, String from, Label label, Optional<Decided> result, Facts found) {
        labelled++;
        facts.add(id, from, label.facts(), found);
        if (label.person()) {
            personNeeded++;
            personGiven += result.isEmpty() ? 1 : 0;
        }
        result.ifPresent(decision -> compare(id, label, decision));
    }

    /** Returns nothing when no message had a label. */
    Optional<TryReport.Labels> summary() {
        return labelled == 0
                ? Optional.empty()
                : Optional.of(new TryReport.Labels(
                        labelled,
                        decided,
                        met,
                        departmentMet,
                        urgencyMet,
                        personNeeded,
                        personGiven,
                        facts.summary(),
                        List.copyOf(misses),
                        facts.misses()));
    }

    private void compare(String id, Label label, Decided decision) {
        decided++;
        boolean right = !label.person() && label.intents().contains(decision.intent());
        met += right ? 1 : 0;
        departmentMet += !label.person() && label.departments().contains(decision.department()) ? 1 : 0;
        urgencyMet += label.urgency().equals(decision.urgency()) ? 1 : 0;
        if (!right && misses.size() < SHOWN) {
            String expected = label.person() ? "person" : String.join(" or ", label.intents());
            misses.add(new TryReport.Miss(id, expected, decision.intent()));
        }
    }
}
