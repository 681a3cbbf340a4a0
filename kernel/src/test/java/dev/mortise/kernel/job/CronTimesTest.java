package dev.mortise.kernel.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In Berlin 2026-03-29 has no hour from 2 to 3, and 2026-10-25 has it twice. */
@Tag("K4")
class CronTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aPlainTimeIsReadInItsZone() {
        assertThat(times("30 6 * * 1-5", "2026-06-05T06:30+02:00[Europe/Berlin]", 2))
                .containsExactly("2026-06-08T06:30+02:00[Europe/Berlin]", "2026-06-09T06:30+02:00[Europe/Berlin]");
    }

    @Test
    void aTimeThatIsSkippedRunsOnceWhereTheHourWouldHaveEnded() {
        assertThat(times("0,30 2 * * *", "2026-03-28T02:30+01:00[Europe/Berlin]", 3))
                .containsExactly(
                        "2026-03-29T03:00+02:00[Europe/Berlin]",
                        "2026-03-30T02:00+02:00[Europe/Berlin]",
                        "2026-03-30T02:30+02:00[Europe/Berlin]");
    }

    @Test
    void aTimeThatComesTwiceRunsTheFirstTime() {
        assertThat(times("30 2 * * *", "2026-10-24T12:00+02:00[Europe/Berlin]", 2))
                .containsExactly("2026-10-25T02:30+02:00[Europe/Berlin]", "2026-10-26T02:30+01:00[Europe/Berlin]");
        assertThat(times("30 2 * * *", "2026-10-25T02:10+01:00[Europe/Berlin]", 1))
                .containsExactly("2026-10-26T02:30+01:00[Europe/Berlin]");
    }

    @Test
    void anHourlyExpressionFollowsTheTimeThatReallyPasses() {
        assertThat(times("0 * * * *", "2026-10-25T01:30+02:00[Europe/Berlin]", 3))
                .containsExactly(
                        "2026-10-25T02:00+02:00[Europe/Berlin]",
                        "2026-10-25T02:00+01:00[Europe/Berlin]",
                        "2026-10-25T03:00+01:00[Europe/Berlin]");
        assertThat(times("*/30 * * * *", "2026-03-29T01:30+01:00[Europe/Berlin]", 2))
                .containsExactly("2026-03-29T03:00+02:00[Europe/Berlin]", "2026-03-29T03:30+02:00[Europe/Berlin]");
    }

    @Test
    void aDayThatNeverComesIsNeverDue() {
        assertThat(CronTimes.parse("0 0 30 2 *", BERLIN).after(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void anExpressionThatCannotBeReadIsRefusedWithARemedy() {
        for (String bad : List.of("", "every day", "61 * * * *", "0 0 * *", "* * * * * *")) {
            assertThatThrownBy(() -> CronTimes.parse(bad, BERLIN))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).as(bad).isEqualTo(ApiError.INPUT_INVALID));
        }
    }

    private static List<String> times(String cron, String after, int count) {
        CronTimes times = CronTimes.parse(cron, BERLIN);
        List<String> found = new ArrayList<>();
        Instant last = ZonedDateTime.parse(after).toInstant();
        for (int i = 0; i < count; i++) {
            last = times.after(last).orElseThrow();
            found.add(last.atZone(BERLIN).toString());
        }
        return found;
    }
}
