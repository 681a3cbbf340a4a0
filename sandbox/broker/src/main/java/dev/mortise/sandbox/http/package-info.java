/**
 * The sandbox over HTTP: what holds here, and a place to try a script.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.http;

import org.jspecify.annotations.NullMarked;
