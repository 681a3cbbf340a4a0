package dev.mortise.kernel.limit;

import java.util.List;
import org.apache.ibatis.annotations.Param;

/** The tables {@code mortise.limit_bucket} and {@code mortise.limit_override}. */
interface LimitMapper {
    /**
     * Tokens that were given.
     *
     * @param remaining what the bucket has left, fractions included
     */
    record Lease(long granted, double remaining) {}

    /** A limit as the operator set it for the bound tenant. */
    record TenantRate(String name, long permits, long seconds) {}

    Lease lease(
            @Param("bucket") String bucket,
            @Param("permits") long permits,
            @Param("seconds") double seconds,
            @Param("wanted") long wanted,
            @Param("atLeast") long atLeast,
            @Param("giveBack") long giveBack);

    List<TenantRate> overrides();

    int clear();

    void put(@Param("name") String name, @Param("permits") long permits, @Param("seconds") long seconds);

    long forgetFull();
}
