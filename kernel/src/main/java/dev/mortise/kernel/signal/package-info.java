/**
 * Wake-up calls between the nodes of one database, by PostgreSQL's LISTEN and NOTIFY. A signal says "look", never what
 * there is to see: one that is lost is made up for by the next look that everybody takes anyway.
 *
 * <pre>{@code
 * signals.on("job", _ -> scheduler.triggerCheckForDueExecutions());
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.signal;

import org.jspecify.annotations.NullMarked;
