package dev.mortise.kernel.identity;

import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The tables {@code mortise.second_factor} and {@code mortise.recovery_code}. */
interface SecondFactorMapper {
    /**
     * A second factor.
     *
     * @param sealedSeed in base64
     */
    record Row(String sealedSeed, long lastStep, boolean confirmed) {}

    /** Reads and locks the row, so that a code is taken once only. */
    Optional<Row> lock(@Param("user") UUID user);

    int recoveryCodes(@Param("user") UUID user);

    /** Starts over; does nothing when a confirmed one is there. */
    int enrol(@Param("user") UUID user, @Param("sealedSeed") byte[] sealedSeed);

    void confirm(@Param("user") UUID user, @Param("step") long step);

    void take(@Param("user") UUID user, @Param("step") long step);

    void addRecoveryCode(@Param("user") UUID user, @Param("hash") byte[] hash);

    int useRecoveryCode(@Param("user") UUID user, @Param("hash") byte[] hash);

    void removeRecoveryCodes(@Param("user") UUID user);

    int remove(@Param("user") UUID user);
}
