/**
 * One worker: how it is started, spoken to, and killed. Which worker serves whom is not decided here.
 *
 * <pre>{@code
 * WorkerProcess worker = launcher.launch();
 * Outcome outcome = worker.call(call, limits, functions);   // blocks; the worker is dead when it did not behave
 * worker.kill();
 * }</pre>
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.worker;

import org.jspecify.annotations.NullMarked;
