/**
 * {@code mortise plugin dev}: brings each build of a plugin into a running server. It looks at the build's folder,
 * waits until a jar is complete, gives it a version of its own, and installs it or updates what is there. A build that
 * the server refuses is reported with its reason; the one before goes on running.
 *
 * <pre>{@code
 * mortise plugin dev . --build
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.plugin.dev;

import org.jspecify.annotations.NullMarked;
