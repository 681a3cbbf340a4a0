package dev.mortise.cli.problem;

import org.jspecify.annotations.Nullable;

/**
 * A failure as the reader of a terminal or of a script sees it.
 *
 * @param code a stable name, such as {@code kernel.plugin-unresolved}
 * @param message what failed and where
 * @param remedy what the reader can do about it; empty where the server gave none
 * @param traceId the id under which the server's log has the details, where a server was asked
 * @since 0.1
 */
public record Problem(
        String code,
        String message,
        String remedy,
        @Nullable String traceId) {}
