package dev.mortise.kernel.idempotency;

import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The table {@code mortise.idempotent_request}. */
interface IdempotencyMapper {
    /** Begins an attempt; returns 0 when the key is in use and may not be taken over. */
    int begin(
            @Param("id") RequestId id,
            @Param("fingerprint") byte[] fingerprint,
            @Param("attempt") UUID attempt,
            @Param("leaseSeconds") long leaseSeconds);

    @Nullable
    KeptRequest find(@Param("id") RequestId id);

    int extend(@Param("id") RequestId id, @Param("attempt") UUID attempt, @Param("leaseSeconds") long leaseSeconds);

    /** Keeps the answer; returns 0 when another attempt took over. */
    int finish(@Param("id") RequestId id, @Param("attempt") UUID attempt, @Param("answer") KeptAnswer answer);

    /** Keeps that there was an answer, which is not kept itself; returns 0 when another attempt took over. */
    int finishUnkept(@Param("id") RequestId id, @Param("attempt") UUID attempt);

    /** Forgets an attempt that changed nothing; returns 0 when it did. */
    int forget(@Param("id") RequestId id, @Param("attempt") UUID attempt);

    /** Deletes what is older than a day, of all tenants; returns how many. */
    long forgetOld();
}
