package dev.mortise.kernel.live;

import java.time.Duration;

/**
 * How a node shows live topics.
 *
 * @param connections how many clients a node serves at once
 * @param queue how many messages may wait for a slow client before its connection is ended
 * @param keep how long messages are kept for clients that come back
 * @param beat how often a silent connection is proven to be alive
 * @since 0.1
 */
public record LiveOptions(int connections, int queue, Duration keep, Duration beat) {
    /** Refuses what cannot work. */
    public LiveOptions {
        if (connections < 1 || connections > 100_000) {
            throw new IllegalArgumentException("live.connections must be from 1 to 100000, not " + connections);
        }
        if (queue < 10 || queue > 100_000) {
            throw new IllegalArgumentException("live.queue must be from 10 to 100000, not " + queue);
        }
        if (keep.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("live.keep must be at least PT1S, not " + keep);
        }
        if (beat.compareTo(Duration.ofMillis(100)) < 0 || beat.compareTo(Duration.ofSeconds(30)) > 0) {
            // The door ends connections that are idle for a minute.
            throw new IllegalArgumentException("live.beat must be from PT0.1S to PT30S, not " + beat);
        }
    }

    /** Returns 5,000 clients, 1,000 messages each, a memory of 5 minutes and a beat of 15 seconds. */
    public static LiveOptions standard() {
        return new LiveOptions(5000, 1000, Duration.ofMinutes(5), Duration.ofSeconds(15));
    }
}
