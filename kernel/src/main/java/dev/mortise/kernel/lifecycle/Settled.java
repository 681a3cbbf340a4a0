package dev.mortise.kernel.lifecycle;

import dev.mortise.api.admin.PluginState;

/**
 * What became of a {@link Wanted} plugin on this node.
 *
 * @param version the version that is there now, possibly the one before
 * @param generation the generation that was tried
 * @param state {@code FAILED} when the wanted version could not be brought in, even where the one before still runs
 * @param problem why it failed; empty otherwise
 * @since 0.1
 */
public record Settled(String id, String version, long generation, PluginState state, String problem) {}
