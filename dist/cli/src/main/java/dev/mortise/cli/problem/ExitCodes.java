package dev.mortise.cli.problem;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.cli.ExitCode;
import java.util.Set;

/**
 * Chooses the exit code for an error code of the kernel or of a plugin. The kernel's codes are matched by their first
 * words, so that a new code of a known family needs no change here.
 *
 * @since 0.1
 */
public final class ExitCodes {
    // Not by their first words: kernel.data-conflict and its like are about rows, not about the folder.
    private static final Set<String> DATA_FOLDER =
            Set.of("kernel.data-locked", "kernel.data-version", "kernel.data-storage", "kernel.database-disk-full");

    /** Returns how the command ends after a failure with this code, or by its category where the code is not known. */
    public ExitCode of(String code, ErrorCategory category) {
        ExitCode byCode = of(code);
        if (byCode != ExitCode.FAILURE) {
            return byCode;
        }
        return switch (category) {
            case UNAUTHENTICATED, FORBIDDEN -> ExitCode.NOT_AUTHORISED;
            default -> ExitCode.FAILURE;
        };
    }

    private static ExitCode of(String code) {
        if (code.startsWith("kernel.configuration")) {
            return ExitCode.CONFIGURATION;
        }
        if (DATA_FOLDER.contains(code) || code.startsWith("kernel.database-folder-")) {
            return ExitCode.DATA_FOLDER;
        }
        if (code.equals("kernel.port")) {
            return ExitCode.PORT;
        }
        if (code.startsWith("kernel.database-")) {
            return ExitCode.DATABASE;
        }
        return code.startsWith("kernel.plugin-") ? ExitCode.PLUGIN_REFUSED : ExitCode.FAILURE;
    }
}
