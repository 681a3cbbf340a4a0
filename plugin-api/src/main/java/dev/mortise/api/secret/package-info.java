/**
 * Passwords, keys and tokens that a plugin needs. They are kept encrypted, for one plugin and one tenant, and are never
 * shown again by the server: administrators set and delete them, plugins read them.
 *
 * <pre>{@code
 * try (SecretValue key = context.secrets().find("openai-key").orElseThrow()) {
 *     request.header("Authorization", "Bearer " + key.text());
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.secret;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
