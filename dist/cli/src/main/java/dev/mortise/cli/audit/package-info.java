/**
 * {@code mortise audit}: the record of who did what, read, exported and verified; an export also without a server.
 *
 * <pre>{@code
 * mortise audit export --out audit.jsonl
 * mortise audit verify audit.jsonl --trust 5f0c…
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.audit;

import org.jspecify.annotations.NullMarked;
