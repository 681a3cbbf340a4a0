/**
 * {@code mortise try}: shows the whole idea on a server of its own. It installs the plugins into the running server,
 * feeds an inbox through the service intake, updates the automotive plugin while messages flow, and reports what was
 * decided. It speaks HTTP only, as any client would, and measures from the outside.
 *
 * <pre>{@code
 * TryReport report = new TryRun(client, inbox, 8, progress).run(serverStart);
 * new ReportLines(report).lines().forEach(out::println);
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.tryout;

import org.jspecify.annotations.NullMarked;
