package dev.mortise.kernel.store;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long a migration waits for a table that others use. A statement that waits for a lock makes everybody wait who
 * comes after it; so it waits shortly and comes back.
 *
 * @param lockTimeout how long one statement waits for its lock
 * @param outsideLockTimeout the same for files outside of a transaction, whose statements others pass by; longer than
 *     any transaction of the server may take
 * @param attempts how often a file is tried
 * @param firstPause before the second attempt; doubled each time, with a random part
 * @param queue how long to wait for the migration of another node
 */
record MigrationPatience(
        Duration lockTimeout, Duration outsideLockTimeout, int attempts, Duration firstPause, Duration queue) {

    static MigrationPatience usual() {
        return new MigrationPatience(
                Duration.ofSeconds(5), Duration.ofMinutes(5), 5, Duration.ofMillis(500), Duration.ofHours(4));
    }

    void pause(int attempt) {
        long most = firstPause.toMillis() << Math.min(attempt - 1, 10);
        sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }

    static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED,
                    "A migration was interrupted while it waited for its turn",
                    "Try again when the server is up",
                    e);
        }
    }
}
