/**
 * Class loading and resolution of plugins, and nothing else: OSGi lives here, on Apache Felix, behind
 * {@link dev.mortise.kernel.module.ModuleLayer}. No other package imports {@code org.osgi.framework} or Felix. Whether
 * a plugin is running, who calls it and when it may go is decided in {@code lifecycle} and {@code registry}.
 */
@NullMarked
package dev.mortise.kernel.module;

import org.jspecify.annotations.NullMarked;
