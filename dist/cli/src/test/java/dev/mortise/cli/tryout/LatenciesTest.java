package dev.mortise.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void percentilesAreThoseOfTheNearestRankInAnyOrder() {
        long seed = System.nanoTime();
        List<Long> millis = LongStream.rangeClosed(1, 1000).boxed().collect(Collectors.toList());
        Collections.shuffle(millis, new Random(seed));
        millis.forEach(each -> latencies.add(each * 1_000_000));

        assertThat(latencies.summary()).as("seed %d", seed).isEqualTo(new TryReport.Latency(500, 950, 990, 1000));
    }

    @Test
    void oneValueIsEveryPercentile() {
        latencies.add(1_500_000);

        assertThat(latencies.summary()).isEqualTo(new TryReport.Latency(1.5, 1.5, 1.5, 1.5));
    }

    @Test
    void withoutValuesAllIsZero() {
        assertThat(latencies.summary()).isEqualTo(new TryReport.Latency(0, 0, 0, 0));
    }
}
