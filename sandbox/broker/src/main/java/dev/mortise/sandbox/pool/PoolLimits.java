package dev.mortise.sandbox.pool;

import java.time.Duration;

/**
 * How large a pool may grow.
 *
 * @param most workers at once, those that stand by among them
 * @param standby workers that are ready before anybody asks
 * @param mostWaiting callers that may wait for a worker
 * @param patience how long a caller waits at most
 * @since 0.1
 */
public record PoolLimits(int most, int standby, int mostWaiting, Duration patience) {}
