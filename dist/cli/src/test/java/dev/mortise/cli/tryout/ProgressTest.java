package dev.mortise.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final TryReport.Counts COUNTS = new TryReport.Counts(10, 7, 2, 1, 0, 0, 0);

    private final StringWriter written = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    @Test
    void onATerminalOneLineIsWrittenOver() {
        Progress progress = progress(true);
        later(progress, Duration.ofMillis(200));
        later(progress, Duration.ofMillis(200));
        progress.say("next");

        assertThat(written.toString()).containsOnlyOnce(System.lineSeparator());
        assertThat(written.toString())
                .contains("[###############...............] 10 messages: 7 decided, 2 to a person, 1 failed")
                .endsWith("\r\u001b[Knext" + System.lineSeparator());
    }

    @Test
    void elsewhereALineIsWrittenNowAndThenWithoutControlCharacters() {
        Progress progress = progress(false);
        for (int i = 0; i < 100; i++) {
            later(progress, Duration.ofMillis(100));
        }
        progress.fed(COUNTS);

        assertThat(written.toString().lines())
                .hasSize(6)
                .last()
                .isEqualTo("  100 %  10 messages: 7 decided, 2 to a person, 1 failed");
        assertThat(written.toString()).doesNotContain("\r\u001b");
    }

    private void later(Progress progress, Duration passed) {
        now.addAndGet(passed.toNanos());
        progress.feeding(COUNTS, OptionalDouble.of(0.5));
    }

    private Progress progress(boolean terminal) {
        return new Progress(new PrintWriter(written), terminal, now::get);
    }
}
