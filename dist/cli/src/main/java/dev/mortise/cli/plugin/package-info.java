/**
 * The commands below {@code mortise plugin}: see, install, update, roll back, start, stop and remove plugins of a
 * running server. What a plugin does once it runs is no business of this package.
 *
 * <pre>{@code
 * mortise plugin install relaycore automotive@0.1.0 ./my-plugin.jar
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.plugin;

import org.jspecify.annotations.NullMarked;
