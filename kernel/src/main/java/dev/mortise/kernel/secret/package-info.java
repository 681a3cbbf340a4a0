/**
 * Keys and what they seal. One master key, which never enters the database, wraps the data keys; a data key seals
 * values with AES-256-GCM (NIST SP 800-38D). Each scope (the server, a tenant) has a data key of its own, so that a
 * value taken from one cannot be opened in another.
 *
 * <pre>{@code
 * Sealer sealer = keys.sealer(tenant);
 * byte[] kept = sealer.seal(seed, "totp/" + userId);
 * byte[] seed = sealer.open(kept, "totp/" + userId);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.secret;

import org.jspecify.annotations.NullMarked;
