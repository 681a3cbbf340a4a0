/**
 * Passwords: which ones are taken, and how they are kept. Knows nothing of accounts.
 *
 * <pre>{@code
 * String kept = hashing.hash(rules.require(typed, email));
 * boolean fits = hashing.matches(typed, kept);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.identity.password;

import org.jspecify.annotations.NullMarked;
