/**
 * The door: Jetty on virtual threads, the key check, the tenant and principal of the call, limits, one Jersey
 * application for each load of a plugin, problem details, health and metrics.
 */
@NullMarked
package dev.mortise.kernel.http;

import org.jspecify.annotations.NullMarked;
