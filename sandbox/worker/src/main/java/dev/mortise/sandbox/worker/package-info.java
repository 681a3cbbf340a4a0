/**
 * The process that runs code of strangers, one tenant's in its life. Here are its start, its conversation and its end;
 * what it gives up is in {@code lock}, what it runs in {@code guest}. It has no secrets, no environment, and no library
 * beside the language.
 *
 * <pre>{@code
 * java @worker.args
 * }</pre>
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.worker;

import org.jspecify.annotations.NullMarked;
