package dev.mortise.kernel.identity.password;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.types.Argon2;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.error.RetryLater;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) in PHC string form. Each hash takes {@code memoryKibibytes} of heap while it runs, so only a few
 * run at once; the others wait, and are told to come again when they have waited too long.
 *
 * @since 0.1
 */
public final class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** Longer ones are refused at the edge; this is for what reaches {@link #matches} unchecked. */
    private static final int LONGEST = 1024;

    private final Parameters parameters;
    private final Semaphore free;
    private final Duration patience;
    private final LongAdder computed = new LongAdder();
    private final SecureRandom random = new SecureRandom();
    /** What the password of an account that does not exist is compared with: the parameters decide the time. */
    private final String nobodys;

    /**
     * How dear a hash is.
     *
     * @param memoryKibibytes the memory, the parameter {@code m}
     * @param passes over the memory, the parameter {@code t}
     */
    public record Parameters(int memoryKibibytes, int passes) {
        /** Returns what OWASP's Password Storage Cheat Sheet recommends: 19 MiB, two passes, one lane. */
        public static Parameters standard() {
            return new Parameters(19 * 1024, 2);
        }
    }

    /**
     * @param atOnce how many hashes run at once
     * @param patience how long one waits for its turn
     */
    public PasswordHashing(Parameters parameters, int atOnce, Duration patience) {
        this.parameters = parameters;
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
        this.nobodys = "$argon2id$v=19$m=" + parameters.memoryKibibytes() + ",t=" + parameters.passes()
                + ",p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43);
    }

    /**
     * Returns the password's hash with a salt of its own.
     *
     * @throws MortiseException with {@code kernel.sign-in-busy}
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return inTurn(() -> function().hash(bytes(password), salt).getResult());
    }

    /**
     * Returns whether the password is the one that was hashed. Takes as long when there is no hash, so that the time
     * does not tell whether an account exists.
     *
     * @throws MortiseException with {@code kernel.sign-in-busy}
     */
    public boolean matches(String password, @Nullable String hash) {
        String against = hash == null ? nobodys : hash;
        boolean isSame = inTurn(() -> sameAs(password, against));
        return isSame && hash != null;
    }

    private boolean sameAs(String password, String hash) {
        byte[] typed = bytes(password.length() > LONGEST ? password.substring(0, LONGEST) : password);
        try {
            boolean isSame =
                    Argon2Function.getInstanceFromHash(hash).check(typed, hash.getBytes(StandardCharsets.US_ASCII));
            return isSame && password.length() <= LONGEST;
        } catch (BadParametersException e) {
            throw new MortiseException(
                    KernelError.INTERNAL,
                    "A password's hash in the database is no Argon2id hash",
                    "Invite the person again, so that a new password is set",
                    e);
        }
    }

    /** Returns whether the hash was made with other parameters than are in force now. */
    public boolean isOutdated(String hash) {
        return !hash.startsWith(
                "$argon2id$v=19$m=" + parameters.memoryKibibytes() + ",t=" + parameters.passes() + ",p=1$");
    }

    /** Returns how many hashes were computed since this was made. */
    public long computed() {
        return computed.sum();
    }

    private Argon2Function function() {
        return Argon2Function.getInstance(parameters.memoryKibibytes(), parameters.passes(), 1, HASH_BYTES, Argon2.ID);
    }

    /** The same characters typed on another keyboard are the same password (RFC 8265, section 4.2). */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RetryLater(
                        KernelError.SIGN_IN_BUSY,
                        "The server is checking as many passwords as it can at once",
                        "Try again in a moment",
                        Duration.ofSeconds(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(ApiError.INTERRUPTED, "The server is stopping", "Try again when it is up", e);
        }
        try {
            computed.increment();
            return work.get();
        } finally {
            free.release();
        }
    }
}
