/** Proves it on a real server. */
@NullMarked
package dev.mortise.kernel.idempotency;

import org.jspecify.annotations.NullMarked;
