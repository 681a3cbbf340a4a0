/**
 * Commands about code of strangers: trying a script, and seeing what holds it.
 *
 * <pre>{@code
 * mortise sandbox run price.js --input '{"net": 100}'
 * mortise sandbox status
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.sandbox;

import org.jspecify.annotations.NullMarked;
