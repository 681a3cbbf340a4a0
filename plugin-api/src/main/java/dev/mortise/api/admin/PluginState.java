package dev.mortise.api.admin;

/**
 * Where a plugin stands in its life.
 *
 * @since 0.1
 */
public enum PluginState {
    /** Its extensions are published. */
    RUNNING,
    /** It is installed and was stopped by an administrator. */
    STOPPED,
    /** It is installed and could not be started; the problem says why. */
    FAILED
}
