package dev.mortise.api.extension;

import dev.mortise.api.plugin.PluginInfo;

/**
 * An extension that is published at the moment.
 *
 * @param name the extension's name
 * @param plugin the plugin, in the version that offers it now
 * @since 0.1
 */
public record ExtensionInfo(String name, PluginInfo plugin) {}
