/**
 * What a script may ask of the server, and nothing else: each function checks its grant here, in the server, at each
 * call.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.grant;

import org.jspecify.annotations.NullMarked;
