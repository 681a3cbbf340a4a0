package dev.mortise.kernel.inspect;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.migration.MigrationFinding;

/**
 * One thing that an inspection found.
 *
 * @param verdict how bad it is
 * @param subject what it is about, in a word
 * @param code stable, such as {@code kernel.plugin-unresolved}; {@code inspect.*} for what only an inspection says
 * @param message what and where
 * @param remedy what to do; empty where nothing is wrong
 * @since 0.1
 */
public record Finding(Verdict verdict, String subject, String code, String message, String remedy) {
    /** How bad a finding is. */
    public enum Verdict {
        /** As it should be. */
        FINE,
        /** The server will take it; a reviewer should know. */
        WARNING,
        /** The server will refuse the plugin. */
        REFUSED
    }

    static Finding fine(String subject, String message) {
        return new Finding(Verdict.FINE, subject, "inspect." + subject, message, "");
    }

    static Finding warning(String subject, String message, String remedy) {
        return new Finding(Verdict.WARNING, subject, "inspect." + subject, message, remedy);
    }

    static Finding refused(String subject, MortiseException reason) {
        return new Finding(
                Verdict.REFUSED,
                subject,
                reason.errorCode().code(),
                String.valueOf(reason.getMessage()),
                reason.remedy());
    }

    static Finding refused(MigrationFinding unsafe) {
        return new Finding(
                Verdict.REFUSED, "migrations", KernelError.MIGRATION_UNSAFE.code(), unsafe.toString(), unsafe.remedy());
    }
}
