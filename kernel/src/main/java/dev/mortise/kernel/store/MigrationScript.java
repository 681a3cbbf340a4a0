package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;

/**
 * One migration of a plugin, read from its jar.
 *
 * @param fileName such as {@code V1__runs.sql}
 * @param content the SQL
 * @since 0.1
 */
public record MigrationScript(String fileName, String content) {
    /**
     * Refuses a name for which PostgreSQL or Flyway would have a surprise.
     *
     * @param plugin for the message
     * @throws MortiseException with {@code kernel.migration-failed}
     */
    public void checkName(String plugin) {
        if (!fileName.matches("V\\d+(_\\d+)*__\\w+\\.sql")) {
            throw new MortiseException(
                    KernelError.MIGRATION_FAILED,
                    "The migration " + fileName + " of " + plugin + " is badly named",
                    "Name it V<number>__<words_with_underscores>.sql");
        }
    }
}
