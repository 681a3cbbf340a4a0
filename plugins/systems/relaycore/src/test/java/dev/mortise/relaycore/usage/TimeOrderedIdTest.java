package dev.mortise.relaycore.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TimeOrderedIdTest {
    private static final Instant TIME = Instant.parse("2026-03-02T08:15:00.123Z");

    @Test
    void anIdHasTheVersionTheVariantAndTheTime() {
        UUID id = TimeOrderedId.at(TIME);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(TIME.toEpochMilli());
    }

    @Test
    void idsFollowTheTimeAndTheFirstOneIsTheSmallest() {
        assertThat(TimeOrderedId.at(TIME.plusMillis(1)).toString())
                .isGreaterThan(TimeOrderedId.at(TIME).toString());
        assertThat(TimeOrderedId.first(TIME).toString())
                .isLessThan(TimeOrderedId.at(TIME).toString());
    }
}
