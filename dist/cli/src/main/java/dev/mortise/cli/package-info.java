/**
 * The command {@code mortise}: its root, its exit codes and how a failure is shown. Each subcommand lives in a package
 * of its own below this one and is listed in {@link dev.mortise.cli.Mortise}. Commands speak to a server over HTTP, as
 * any other client does; only {@code serve} holds a kernel in its own process.
 *
 * <pre>{@code
 * int exitCode = Mortise.commandLine().execute("plugin", "list", "--json");
 * }</pre>
 */
@NullMarked
package dev.mortise.cli;

import org.jspecify.annotations.NullMarked;
