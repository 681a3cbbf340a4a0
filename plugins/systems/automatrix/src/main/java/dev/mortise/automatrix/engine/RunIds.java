package dev.mortise.automatrix.engine;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits. */
final class RunIds {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RunIds() {}

    static UUID next(long milliseconds, RandomGenerator random) {
        long high = (milliseconds << 16) | VERSION_7 | (random.nextInt() & 0xFFFL);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
