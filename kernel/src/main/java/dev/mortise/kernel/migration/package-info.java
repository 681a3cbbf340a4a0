/**
 * The rules that keep a migration harmless while the version before it still serves on the same tables: text of
 * migrations in, findings out. Nothing here opens a database; running migrations is the store's work.
 *
 * <pre>{@code
 * List<MigrationFinding> findings = MigrationRules.check(Map.of("V2__colour.sql", text));
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.migration;

import org.jspecify.annotations.NullMarked;
