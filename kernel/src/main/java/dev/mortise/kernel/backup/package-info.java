/**
 * One file with everything that a server needs to be made again elsewhere, and the way back. The file is a ZIP archive:
 * {@code backup.json} says who wrote it, {@code schema/*.json} hold the statements that make the schemas,
 * {@code data/<schema>/<table>} the rows as {@code COPY} writes them, {@code files/*} the configuration and, sealed by
 * a pass phrase, the master key; {@code manifest.json}, written last, has a checksum for each of them.
 *
 * <p>Everything is read in one {@code REPEATABLE READ} transaction, and restored in one: it is there as a whole or not
 * at all. No program of PostgreSQL's is needed, so that it works with the embedded server, with one of an operator's,
 * and from one major version to the next.
 *
 * <pre>{@code
 * Backup.Report report = new Backup(address, source, Progress.NONE).write(Path.of("monday.mortise"));
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.backup;

import org.jspecify.annotations.NullMarked;
