/**
 * The command {@code mortise optimize}: makes the ahead-of-time caches (JEP 483, 514 and 515) from which the server and
 * the client commands start faster, by running each of them once and recording what it loads and links. A cache is
 * valid for one build of one JDK and one set of jars; the launcher checks both, so a stale one costs nothing but speed.
 *
 * <pre>{@code
 * mortise optimize
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.optimize;

import org.jspecify.annotations.NullMarked;
