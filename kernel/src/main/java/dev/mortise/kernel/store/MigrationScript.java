package dev.mortise.kernel.store;

/**
 * One migration of a plugin, read from its jar.
 *
 * @param fileName such as {@code V1__runs.sql}
 * @param content the SQL
 * @since 0.1
 */
public record MigrationScript(String fileName, String content) {}
