package dev.mortise.api.limit;

import java.time.Duration;

/**
 * The answer of a limit.
 *
 * @param granted whether it may be done
 * @param remaining about how many more may be done at once; other nodes may take some of them meanwhile
 * @param retryAfter when to ask again; zero when it was granted
 * @since 0.1
 */
public record Permit(boolean granted, long remaining, Duration retryAfter) {}
