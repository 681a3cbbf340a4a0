package dev.mortise.api.sandbox;

import java.time.Duration;
import java.util.Set;

/**
 * What a script may ask of other servers.
 *
 * @param hosts names of hosts, such as {@code api.example.org}, {@code *.example.org} for those below it, with a port
 *     where it is not the usual one. Private, loopback and link-local addresses are refused whatever name leads to
 *     them, unless the operator allows them
 * @param mostBytes the largest answer
 * @param mostTime the longest that one request may take
 * @since 0.1
 */
public record FetchGrant(Set<String> hosts, int mostBytes, Duration mostTime) {
    /** Copies the set. */
    public FetchGrant {
        hosts = Set.copyOf(hosts);
    }

    /** Returns a grant for these hosts with answers of 1 MiB within 10 s. */
    public static FetchGrant of(Set<String> hosts) {
        return new FetchGrant(hosts, 1 << 20, Duration.ofSeconds(10));
    }
}
