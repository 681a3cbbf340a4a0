/**
 * Settings of plugins while the server runs. A plugin declares them by a schema; three layers hold: the configuration
 * file, what an operator has set for the whole server, and what a tenant has set for itself. Every change is checked,
 * kept as a version that can come back, recorded, and seen on all nodes within moments. How the file is read is no
 * business of this room.
 *
 * <pre>{@code
 * SettingsRoom settings = SettingsRoom.open(database, audit, configuration, operator, secrets);
 * PluginSettings ofLoad = settings.open(plugin, module, json, background);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.setting;

import org.jspecify.annotations.NullMarked;
