package dev.mortise.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.inbox.Facts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsScoreTest {
    private final FactsScore score = new FactsScore();

    @ParameterizedTest
    @CsvSource({
        "+14025550134,  +14025550134,     1",
        "+14025550134,  (402) 555-0134,   1",
        "+14025550134,  555-0134,         1",
        "+447700900461, 07700 900461,     1",
        "+14025550134,  0134,             0",
        "+14025550134,  +14025550135,     0",
    })
    void aNumberIsTheSameWithOrWithoutItsCountry(String wanted, String got, int found) {
        score.add("m-1", "", phones(wanted), phones(got));

        assertThat(score.summary()).contains(new TryReport.FactCount("phones", 1, found, 1 - found));
    }

    @ParameterizedTest
    @CsvSource({"83686, 83686, 1", "83686, 83000, 1", "83686, 84500, 1", "83686, 52000, 0"})
    void aMileageMayDifferByAPercent(long wanted, long got, int found) {
        score.add("m-1", "", mileage(wanted), mileage(got));

        assertThat(score.summary()).contains(new TryReport.FactCount("mileageKm", 1, found, 1 - found));
    }

    @Test
    void whatIsFoundWithoutALabelIsExtra() {
        score.add("m-1", "", Samples.NO_FACTS, phones("+14025550134"));

        assertThat(score.summary()).contains(new TryReport.FactCount("phones", 0, 0, 1));
    }

    @Test
    void theSendersNumberIsNeitherExpectedNorExtra() {
        score.add("m-1", "+1 402 555 0134", Samples.NO_FACTS, phones("+14025550134"));

        assertThat(score.summary()).contains(new TryReport.FactCount("phones", 0, 0, 0));
    }

    @Test
    void whatWasNotFoundIsNamedWithWhatWasFoundInstead() {
        score.add("m-1", "", phones("+14025550134"), phones("+14025550199"));

        assertThat(score.misses())
                .containsExactly(new TryReport.FactMiss("m-1", "phones", "+14025550134", List.of("+14025550199")));
    }

    @Test
    void eachOfSeveralDatesCounts() {
        score.add("m-1", "", dates("2026-03-05", "2026-03-06"), dates("2026-03-06T09:00", "2026-04-01"));

        assertThat(score.summary()).contains(new TryReport.FactCount("dates", 2, 1, 1));
    }

    private static Facts phones(String phone) {
        return new Facts(Optional.empty(), OptionalLong.empty(), List.of(phone), List.of());
    }

    private static Facts mileage(long km) {
        return new Facts(Optional.empty(), OptionalLong.of(km), List.of(), List.of());
    }

    private static Facts dates(String... dates) {
        return new Facts(Optional.empty(), OptionalLong.empty(), List.of(), List.of(dates));
    }
}
