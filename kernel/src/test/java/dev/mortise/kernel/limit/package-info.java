/** Limits, in one bucket and over several nodes. */
@NullMarked
package dev.mortise.kernel.limit;

import org.jspecify.annotations.NullMarked;
