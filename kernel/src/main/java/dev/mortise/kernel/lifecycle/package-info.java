/**
 * A plugin's way through the server: read the jar, load it beside what runs, publish, drain, keep for a probation,
 * unload. All changes are made by one thread. pf4j's plugin manager is used here and nowhere else, for the plugin
 * contract (descriptor, main class, extension index, states); class loading is {@code module}'s.
 */
@NullMarked
package dev.mortise.kernel.lifecycle;

import org.jspecify.annotations.NullMarked;
