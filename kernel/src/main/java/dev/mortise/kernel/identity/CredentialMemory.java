package dev.mortise.kernel.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.error.RetryLater;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node remembers of presented keys, tokens and cookies, by their SHA-256. A known one reaches the database
 * every four seconds at most, which is also how long another node may go on accepting one after it was revoked.
 *
 * <p>Unknown ones cost the database a look each, so a source that sends many is held back: by the generic cell rate
 * algorithm (ITU-T I.371, annex A) it has {@link #BURST} looks at once and {@link #PER_SECOND} a second after that.
 * What was known here within the hour is not held back, so that those who share an address with a noisy neighbour keep
 * working.
 */
final class CredentialMemory {
    /** How long another node may go on accepting what was revoked. */
    static final Duration REMEMBERED = Duration.ofSeconds(4);

    private static final int BURST = 60;
    private static final int PER_SECOND = 10;
    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;
    private static final int AT_MOST = 10_000;

    private final Cache<ByteBuffer, Optional<Verified>> known = Caffeine.newBuilder()
            .maximumSize(AT_MOST)
            .expireAfter(Expiry.<ByteBuffer, Optional<Verified>>creating((_, found) -> goodFor(found)))
            .build();
    /** Apart from the known ones, so that guesses cannot push those out. */
    private final Cache<ByteBuffer, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(AT_MOST)
            .expireAfterWrite(REMEMBERED)
            .build();

    private final Cache<ByteBuffer, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(AT_MOST)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    /** Per source: when, on the nano clock, its burst will have been paid back. */
    private final Cache<String, Long> paidBack = Caffeine.newBuilder()
            .maximumSize(AT_MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    /**
     * Returns whom the credential stands for, from memory or by the look-up.
     *
     * @throws RetryLater when the source presents too many unknown ones
     */
    Optional<Verified> recall(byte[] hash, String source, Supplier<Optional<Verified>> lookUp) {
        ByteBuffer key = ByteBuffer.wrap(hash);
        Optional<Verified> remembered = known.getIfPresent(key);
        if (remembered != null) {
            return remembered;
        }
        if (unknown.getIfPresent(key) != null) {
            return Optional.empty();
        }
        if (lately.getIfPresent(key) == null) {
            admit(source);
        }
        Optional<Verified> found = known.get(key, _ -> lookUp.get());
        if (found.isEmpty()) {
            known.invalidate(key);
            unknown.put(key, true);
        } else {
            lately.put(key, true);
            giveBack(source);
        }
        return found;
    }

    /** Forgets what is known, after something was revoked or changed. */
    void forgetKnown() {
        known.invalidateAll();
    }

    /** Forgets everything, after somebody who was out may come in again. */
    void forgetAll() {
        known.invalidateAll();
        unknown.invalidateAll();
    }

    /** Forgets that this one is unknown, after it was made. */
    void made(byte[] hash) {
        unknown.invalidate(ByteBuffer.wrap(hash));
    }

    private void admit(String source) {
        long now = System.nanoTime();
        AtomicBoolean isRefused = new AtomicBoolean();
        long after = paidBack.asMap().compute(source, (_, before) -> {
            long due = Math.max(now, orNow(before, now)) + NANOS_EACH;
            isRefused.set(due - now > BURST * NANOS_EACH);
            return isRefused.get() && before != null ? before : due;
        });
        if (isRefused.get()) {
            throw new RetryLater(
                    KernelError.SIGN_IN_BACK_OFF,
                    "Too many unknown keys or tokens have come from this address",
                    "Check the key, and wait as the header Retry-After says",
                    Duration.ofNanos(after - now - (BURST - 1) * NANOS_EACH));
        }
    }

    /** The look-up has found somebody: it does not count. */
    private void giveBack(String source) {
        paidBack.asMap().computeIfPresent(source, (_, before) -> before - NANOS_EACH);
    }

    private static long orNow(@Nullable Long before, long now) {
        return before == null ? now : before;
    }

    private static Duration goodFor(Optional<Verified> found) {
        Duration left = found.map(Verified::left).orElse(REMEMBERED);
        return left.compareTo(REMEMBERED) < 0 ? left : REMEMBERED;
    }
}
