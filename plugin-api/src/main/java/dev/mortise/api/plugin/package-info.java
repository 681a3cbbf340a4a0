/**
 * The front door of a plugin: its main class and the services that it receives. A plugin's main class extends
 * {@link dev.mortise.api.plugin.MortisePlugin}; its extensions take that class, or the
 * {@link dev.mortise.api.plugin.PluginContext}, by constructor. There is no other way to reach a service.
 *
 * <pre>{@code
 * public final class HelloPlugin extends MortisePlugin {
 *     public HelloPlugin(PluginContext context) {
 *         super(context);
 *     }
 * }
 *
 * @Extension
 * public final class Hello implements NodeType {
 *     public Hello(HelloPlugin plugin) { ... }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
