package dev.mortise.cli.tryout;

import static dev.mortise.cli.tryout.Samples.decided;
import static dev.mortise.cli.tryout.Samples.forPerson;
import static dev.mortise.cli.tryout.Samples.handedOver;
import static dev.mortise.cli.tryout.Samples.label;
import static dev.mortise.cli.tryout.Samples.outcome;
import static dev.mortise.cli.tryout.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.inbox.UnreadableEntry;
import dev.mortise.cli.tryout.Outcome.Failed;
import dev.mortise.cli.tryout.Outcome.Lost;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void everyMessageIsCountedOnce() {
        tally.add(outcome("a", Optional.empty(), decided("repair-problem")));
        tally.add(outcome("b", Optional.empty(), handedOver("unsure")));
        tally.add(outcome("c", Optional.empty(), new Failed("x.y", "no")));
        tally.add(outcome("d", Optional.empty(), new Lost("gone")));
        tally.duplicate();
        tally.unreadable(new UnreadableEntry("f", 7, "broken"));

        assertThat(tally.counts()).isEqualTo(new TryReport.Counts(4, 1, 1, 1, 1, 1, 1));
        assertThat(tally.counts().decidedShare()).isEqualTo(0.25);
        assertThat(report(tally).broken()).extracting(TryReport.Broken::code).containsExactly("x.y", "cli.try-lost");
        assertThat(report(tally).unreadable()).containsExactly("f:7: broken");
    }

    @Test
    void withoutLabelsThereIsNoShareOfLabels() {
        tally.add(outcome("a", Optional.empty(), decided("repair-problem")));

        assertThat(report(tally).labels()).isEmpty();
    }

    @Test
    void anyOfTheLabelledIntentsIsRight() {
        tally.add(outcome("a", Optional.of(label("parts-order", "repair-problem")), decided("repair-problem")));

        assertThat(labels().met()).isEqualTo(1);
        assertThat(labels().metShare()).isEqualTo(1.0);
    }

    @Test
    void aWrongIntentIsAMissWithBothNames() {
        tally.add(outcome("a", Optional.of(label("book-service")), decided("repair-problem")));

        assertThat(labels().misses()).containsExactly(new TryReport.Miss("a", "book-service", "repair-problem"));
        assertThat(labels().departmentMet()).isEqualTo(1);
    }

    @Test
    void whatIsLeftToAPersonIsNeverWrong() {
        tally.add(outcome("a", Optional.of(label("book-service")), handedOver("unsure")));
        tally.add(outcome("b", Optional.of(forPerson()), handedOver("empty")));

        assertThat(labels().decided()).isZero();
        assertThat(labels().misses()).isEmpty();
        assertThat(labels().personNeeded()).isEqualTo(1);
        assertThat(labels().personGiven()).isEqualTo(1);
    }

    @Test
    void decidingWhatNeedsAPersonIsWrongWhateverItIs() {
        tally.add(outcome("a", Optional.of(forPerson()), decided("book-service")));

        assertThat(labels().misses()).containsExactly(new TryReport.Miss("a", "person", "book-service"));
        assertThat(labels().personGiven()).isZero();
    }

    @Test
    void decisionsAreGroupedByRouteWithTheirUrgencies() {
        tally.add(outcome("a", Optional.empty(), decided("repair-problem")));
        tally.add(outcome("b", Optional.empty(), decided("repair-problem")));
        tally.add(outcome("c", Optional.empty(), decided("book-service")));

        assertThat(report(tally).decided())
                .containsExactly(
                        new TryReport.Routed("service", "book-service", 1, Map.of("normal", 1)),
                        new TryReport.Routed("service", "repair-problem", 2, Map.of("normal", 2)));
    }

    @Test
    void onlyFailuresThatOverlapTheUpdateAreItsOwn() {
        LiveUpdate.Made update =
                new LiveUpdate.Made(new InstallPlan.Update("automotive", "1", "2"), 100, 200, 0, Optional.empty());
        tally.add(failedBetween(10, 90));
        tally.add(failedBetween(90, 110));
        tally.add(failedBetween(150, 160));
        tally.add(failedBetween(201, 300));

        assertThat(tally.brokenDuring(update)).isEqualTo(2);
    }

    private static Outcome failedBetween(long start, long end) {
        return new Outcome("x", 1, "", Optional.empty(), new Failed("c", "m"), start, 0, end - start);
    }

    private TryReport.Labels labels() {
        return report(tally).labels().orElseThrow();
    }
}
