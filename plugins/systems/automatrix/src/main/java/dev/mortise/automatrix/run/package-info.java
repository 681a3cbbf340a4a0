/**
 * What is kept of workflows and runs, and how it is written. {@link dev.mortise.automatrix.run.Journal} is the only
 * writer of runs that are being executed: each of its writes is fenced by the run's owner and epoch, and writes that
 * come at the same time share a transaction. What a run does next is decided in the engine, not here.
 *
 * <pre>{@code
 * boolean mine = journal.write(new Transition(run, rows, Outcome.NONE));
 * }</pre>
 */
@NullMarked
package dev.mortise.automatrix.run;

import org.jspecify.annotations.NullMarked;
