/**
 * A PostgreSQL server that Mortise owns: unpacked from a jar, initialised, started, adopted again after the JVM was
 * killed, and stopped with it. Knows files, processes and logs, and nothing of schemas: what it yields is a
 * {@link dev.mortise.kernel.store.DatabaseAddress}, the same that an operator gives for a server of their own.
 *
 * <pre>{@code
 * try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataFolder)) {
 *     Database database = Database.open(postgres.address(), DatabaseOptions.defaults());
 * }
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.postgres;

import org.jspecify.annotations.NullMarked;
