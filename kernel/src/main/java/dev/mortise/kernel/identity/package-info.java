/**
 * Who may come in, and as whom: people with sessions and second factors, machines with keys and access tokens, the
 * roles and permissions of both. The door asks {@link dev.mortise.kernel.identity.Authenticator}; administrators and
 * people themselves change things over HTTP. No permission is checked here but "nobody gives what he does not hold":
 * the rest is declared at the resources.
 *
 * <pre>{@code
 * IdentityRoom identity = IdentityRoom.open(database.kernel(), ...);
 * Door door = new Door(identity.authentication(), ...);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.identity;

import org.jspecify.annotations.NullMarked;
