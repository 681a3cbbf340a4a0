package dev.mortise.cli.problem;

import dev.mortise.cli.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * A failure that ends the command with a message, a remedy and an exit code.
 *
 * @since 0.1
 */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final transient Problem problem;

    /**
     * Creates a failure that was found by the command itself.
     *
     * @param code a stable name for the failure, such as {@code cli.file-not-found}
     * @param message what failed and where
     * @param remedy what the reader can do about it
     */
    public CliException(ExitCode exitCode, String code, String message, String remedy) {
        this(exitCode, new Problem(code, message, remedy, null), null);
    }

    /** Creates a failure with all that is known about it. */
    public CliException(ExitCode exitCode, Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.exitCode = exitCode;
        this.problem = problem;
    }

    /** Returns how the command ends. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Returns what is shown. */
    public Problem problem() {
        return problem;
    }
}
