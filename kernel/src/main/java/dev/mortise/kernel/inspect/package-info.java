/**
 * What the server will say of a plugin's jar, found without installing it: the same checks in the same code, and what a
 * reviewer would look at besides. Nothing here starts a plugin, opens a database or changes a server; what only shows
 * when the plugin runs stays unseen.
 *
 * <pre>{@code
 * List<Finding> findings = PluginInspection.of(Path.of("notes-1.0.0.jar"), List.of());
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.inspect;

import org.jspecify.annotations.NullMarked;
