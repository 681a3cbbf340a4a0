package dev.mortise.kernel.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes UUIDv7 (RFC 9562, section 5.7), with the microseconds in {@code rand_a} (section 6.2, method 3). */
final class EntryIds {
    private EntryIds() {}

    static UUID at(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        long withinMilli = micros % 1_000 * 4_096 / 1_000;
        long high = ((micros / 1_000) << 16) | 0x7000L | withinMilli;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
