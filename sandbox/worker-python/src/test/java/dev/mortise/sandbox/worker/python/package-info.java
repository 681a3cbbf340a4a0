/**
 * The worker for Python as it is delivered: its kit, started as a process of its own.
 *
 * <pre>{@code
 * worker.call(ScriptCall.of("1 + 1"))
 * }</pre>
 */
@NullMarked
package dev.mortise.sandbox.worker.python;

import org.jspecify.annotations.NullMarked;
