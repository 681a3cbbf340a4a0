package dev.mortise.kernel.limit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.limit.Rate;

/** Where nodes lease tokens from. */
@FunctionalInterface
interface TokenStore {
    /**
     * Gives tokens of a bucket.
     *
     * @param wanted how many, fewer will do
     * @param atLeast under how many none is of use
     * @param giveBack tokens of an earlier lease that were not spent
     * @throws dev.mortise.api.error.MortiseException when the database is not there
     */
    LimitMapper.Lease lease(TenantId tenant, String bucket, Rate rate, long wanted, long atLeast, long giveBack);
}
