/** Proves the embedded PostgreSQL with real processes. */
@NullMarked
package dev.mortise.kernel.postgres;

import org.jspecify.annotations.NullMarked;
