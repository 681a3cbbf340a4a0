/**
 * Threads that belong to a plugin. Work started here runs on virtual threads with the plugin's class loader and is
 * interrupted and waited for when the plugin stops, so that nothing of a removed plugin goes on running.
 *
 * <pre>{@code
 * background.start("dispatcher", this::dispatchUntilInterrupted);
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
