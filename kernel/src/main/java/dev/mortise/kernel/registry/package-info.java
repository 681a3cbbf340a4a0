/**
 * What is published at this moment and who is using it: an immutable snapshot that is swapped in one step, and a count
 * of leases for each load of a plugin. Readers never lock. The one writer is {@code lifecycle}.
 */
@NullMarked
package dev.mortise.kernel.registry;

import org.jspecify.annotations.NullMarked;
