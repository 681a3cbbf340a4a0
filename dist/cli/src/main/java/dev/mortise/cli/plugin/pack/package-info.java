/**
 * {@code mortise plugin pack}: makes a plugin's jar of a folder with a manifest and scripts. There is no class in it,
 * so that whoever gets one sees that nothing of it runs in the server.
 */
@NullMarked
package dev.mortise.cli.plugin.pack;

import org.jspecify.annotations.NullMarked;
