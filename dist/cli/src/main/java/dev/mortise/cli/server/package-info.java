/**
 * The server's side of the command: {@code serve}, which holds a kernel in this process, and
 * {@link dev.mortise.cli.server.ServerProcess}, a server in a child process for commands that need one of their own.
 *
 * <pre>{@code
 * try (ServerProcess server = ServerProcess.start(Distribution.current(), dataFolder, Duration.ofMinutes(1))) {
 *     server.client().get("/api/v1/kernel/info");
 * }
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.server;

import org.jspecify.annotations.NullMarked;
