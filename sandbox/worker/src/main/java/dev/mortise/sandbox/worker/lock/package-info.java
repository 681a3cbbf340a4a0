/**
 * How the worker takes from itself what user code could misuse: system calls by a seccomp filter, resources by limits,
 * both of Linux and both by {@code java.lang.foreign}, without a privilege, a tool or native code of our own. Nothing
 * about languages lives here.
 *
 * <pre>{@code
 * LinuxCalls.find().map(SelfLock::new).map(lock -> lock.lock(false)).orElse(false)
 * }</pre>
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.worker.lock;

import org.jspecify.annotations.NullMarked;
