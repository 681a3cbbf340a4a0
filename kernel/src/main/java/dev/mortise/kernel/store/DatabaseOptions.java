package dev.mortise.kernel.store;

import java.time.Duration;

/**
 * How the server uses its database.
 *
 * @param serverRole the login role that the server works as; bound by row-level security, owns nothing
 * @param poolSize connections at most, for all plugins together
 * @param connectTimeout how long a call waits for a connection before it fails
 * @since 0.1
 */
public record DatabaseOptions(String serverRole, int poolSize, Duration connectTimeout) {
    /** Returns what fits one small server: the role {@code mortise_server}, 16 connections, 3 seconds. */
    public static DatabaseOptions defaults() {
        return new DatabaseOptions("mortise_server", 16, Duration.ofSeconds(3));
    }
}
