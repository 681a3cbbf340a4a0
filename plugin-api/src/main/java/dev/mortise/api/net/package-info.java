/**
 * Requests that the server sends at the word of somebody who is not trusted with the server's network. What sends them
 * is not here.
 *
 * <pre>{@code
 * for (InetAddress address : InetAddress.getAllByName(host)) {
 *     if (!PublicAddresses.isPublic(address)) {
 *         refuse(host);
 *     }
 * }
 * connect(address);   // to the one that was looked at: a name may lead elsewhere a moment later
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
