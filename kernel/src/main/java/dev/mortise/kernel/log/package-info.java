/**
 * Logging: Logback, set up from the configuration, as text for people or as one JSON object a line for machines. Every
 * line carries the trace id of the call it belongs to.
 */
@NullMarked
package dev.mortise.kernel.log;

import org.jspecify.annotations.NullMarked;
