package dev.mortise.kernel.limit;

import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers that the database was away, so that not every request finds out by waiting. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();

    private final AtomicLong until;

    Outage(long now) {
        this.until = new AtomicLong(now);
    }

    boolean isOver(long now) {
        return now - until.get() >= 0;
    }

    void begin(long now, MortiseException reason) {
        long former = until.getAndSet(now + RETRY_NANOS);
        if (now - former < 0) {
            // Another request has found out meanwhile.
            return;
        }
        LOG.warn("Limits are counted by this node alone: {}", reason.describe());
    }
}
