/**
 * What can go wrong in a command, and how it is shown: one message, one remedy, one code, and never a stack trace
 * unless {@code --verbose} asks for it. A command throws a {@link dev.mortise.cli.problem.CliException}; the root turns
 * it, and everything else that escapes, into lines on the error stream and an exit code.
 *
 * <pre>{@code
 * throw new CliException(ExitCode.DATA_FOLDER, "cli.data-not-writable",
 *         "The folder /srv/mortise cannot be written", "Choose another with --data, or change its owner");
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.problem;

import org.jspecify.annotations.NullMarked;
