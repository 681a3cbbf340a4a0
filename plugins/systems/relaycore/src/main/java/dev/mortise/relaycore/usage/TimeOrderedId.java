package dev.mortise.relaycore.usage;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 random bits. */
final class TimeOrderedId {
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedId() {}

    /** Returns a new id for that time. Ids of the same millisecond have no order. */
    static UUID at(Instant time) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(high(time) | random.nextLong(0x1000), VARIANT | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL));
    }

    /** Returns the smallest id of that time, to begin a range. */
    static UUID first(Instant time) {
        return new UUID(high(time), VARIANT);
    }

    private static long high(Instant time) {
        return (time.toEpochMilli() << 16) | VERSION;
    }
}
