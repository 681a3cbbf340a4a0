package dev.mortise.kernel.identity;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.secret.Sealer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes of an authenticator app as the second factor, and ten recovery codes for when the phone is lost. A code is
 * taken once; seeds are sealed, recovery codes hashed.
 */
final class SecondFactors {
    private static final int RECOVERY_CODES = 10;
    /** 16 characters of 32 kinds: 80 random bits, so SHA-256 is hash enough. */
    private static final int RECOVERY_LENGTH = 16;

    private static final int RECOVERY_GROUP = 4;
    private static final String RECOVERY_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final IdentityTables tables;
    private final Users users;
    private final Sealer seal;
    private final InstantSource clock;
    private final CredentialMemory memory;
    private final Trail trail;
    private final SecureRandom random = new SecureRandom();

    SecondFactors(
            IdentityTables tables,
            Users users,
            Sealer seal,
            InstantSource clock,
            CredentialMemory memory,
            Trail trail) {
        this.tables = tables;
        this.users = users;
        this.seal = seal;
        this.clock = clock;
        this.memory = memory;
        this.trail = trail;
    }

    /**
     * What the app needs; told once.
     *
     * @param secret the seed in base32, to be typed where no QR code can be read
     * @param uri the same as an {@code otpauth} address
     */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }

    /**
     * Begins: makes a new seed, in place of one that was not confirmed.
     *
     * @throws MortiseException with {@code api.conflict} when the second factor is on already
     */
    Enrolment enrol(TenantId tenant, UUID user, String account) {
        byte[] seed = new byte[Totp.SEED_BYTES];
        random.nextBytes(seed);
        byte[] sealed = seal.seal(seed, place(tenant, user));
        int begun = tables.write(SecondFactorMapper.class, factors -> factors.enrol(user, sealed));
        if (begun == 0) {
            throw new MortiseException(
                    ApiError.CONFLICT,
                    "The second factor is on already",
                    "Turn it off first, with a code of the old one");
        }
        Totp totp = Totp.of(seed);
        return new Enrolment(totp.base32(), totp.uri(account));
    }

    /**
     * Turns it on, when the code shows that the app has the seed; in an open transaction.
     *
     * @return the recovery codes, told once
     */
    List<String> confirm(Transaction open, TenantId tenant, UUID user, @Nullable String code) {
        SecondFactorMapper factors = open.mapper(SecondFactorMapper.class);
        SecondFactorMapper.Row row = factors.lock(user)
                .filter(found -> !found.confirmed())
                .orElseThrow(() -> new MortiseException(
                        ApiError.CONFLICT,
                        "There is no second factor to confirm",
                        "Begin with POST /api/v1/kernel/me/two-factor"));
        long step = step(row, tenant, user, code == null ? "" : code).orElseThrow(SecondFactors::wrongCode);
        factors.confirm(user, step);
        trail.record(AuditEntry.done("kernel.second-factor.turned-on", "user/" + user));
        return newRecoveryCodes(factors, user);
    }

    /** Makes new recovery codes in place of the former ones; in an open transaction, after a code was taken. */
    List<String> renewRecoveryCodes(Transaction open, UUID user) {
        SecondFactorMapper factors = open.mapper(SecondFactorMapper.class);
        factors.removeRecoveryCodes(user);
        trail.record(AuditEntry.done("kernel.recovery-codes.renewed", "user/" + user));
        return newRecoveryCodes(factors, user);
    }

    private List<String> newRecoveryCodes(SecondFactorMapper factors, UUID user) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            StringBuilder code = new StringBuilder();
            for (int j = 0; j < RECOVERY_LENGTH; j++) {
                code.append(j > 0 && j % RECOVERY_GROUP == 0 ? "-" : "")
                        .append(RECOVERY_ALPHABET.charAt(random.nextInt(RECOVERY_ALPHABET.length())));
            }
            factors.addRecoveryCode(user, recoveryHash(code.toString()));
            codes.add(code.toString());
        }
        return codes;
    }

    /**
     * Takes a code of the app or a recovery code, which cannot be used again then.
     *
     * @return whether it was good
     */
    boolean take(TenantId tenant, UUID user, String code) {
        return tables.transaction(tenant, open -> {
            SecondFactorMapper factors = open.mapper(SecondFactorMapper.class);
            var row = factors.lock(user).filter(SecondFactorMapper.Row::confirmed);
            if (row.isEmpty()) {
                return false;
            }
            OptionalLong step = step(row.get(), tenant, user, code);
            if (step.isPresent()) {
                factors.take(user, step.getAsLong());
                return true;
            }
            return factors.useRecoveryCode(user, recoveryHash(code)) > 0;
        });
    }

    int recoveryCodesLeft(UUID user) {
        return tables.read(SecondFactorMapper.class, factors -> factors.recoveryCodes(user));
    }

    /** Turns it off, in an open transaction, after password and code were checked. */
    void remove(Transaction open, UUID user) {
        trail.record(AuditEntry.done("kernel.second-factor.turned-off", "user/" + user));
        open.mapper(SecondFactorMapper.class).remove(user);
    }

    /** Turns it off for somebody else, and signs that person out everywhere. */
    void reset(UUID user) {
        tables.transaction(open -> {
            users.changeable(open, user);
            SignOut.everywhere(open, user);
            trail.record(AuditEntry.done("kernel.second-factor.reset", "user/" + user));
            return open.mapper(SecondFactorMapper.class).remove(user);
        });
        memory.forgetKnown();
    }

    private OptionalLong step(SecondFactorMapper.Row row, TenantId tenant, UUID user, String code) {
        byte[] seed = seal.open(Base64.getDecoder().decode(row.sealedSeed()), place(tenant, user));
        return Totp.of(seed).stepOf(code.replace(" ", ""), clock.instant(), row.lastStep());
    }

    private static byte[] recoveryHash(String code) {
        String plain = code.length() > 100 ? "" : code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return OpaqueToken.sha256("recovery " + plain);
    }

    private static String place(TenantId tenant, UUID user) {
        return "second-factor/" + tenant + "/" + user;
    }

    static MortiseException wrongCode() {
        return new MortiseException(
                KernelError.CREDENTIALS_REFUSED,
                "The code does not fit, or was used before",
                "Wait for the app's next code, and check that the clocks of phone and server are right");
    }
}
