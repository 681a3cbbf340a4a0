/**
 * What this machine can hold a worker with: bubblewrap's namespaces around the process, and the lock that the worker
 * puts on itself. Found out once, by trying, and told to whoever asks.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.confine;

import org.jspecify.annotations.NullMarked;
