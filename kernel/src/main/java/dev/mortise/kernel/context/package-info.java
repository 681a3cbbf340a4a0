/** The services of the kernel as one load of a plugin sees them. Each service ends with that load. */
@NullMarked
package dev.mortise.kernel.context;

import org.jspecify.annotations.NullMarked;
