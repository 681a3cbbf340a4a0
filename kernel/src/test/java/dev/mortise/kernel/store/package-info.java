/** Proves the store on a real PostgreSQL. */
@NullMarked
package dev.mortise.kernel.store;

import org.jspecify.annotations.NullMarked;
