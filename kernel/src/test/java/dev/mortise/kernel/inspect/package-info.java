/** Tests of inspections, on plugins made on the spot. */
@NullMarked
package dev.mortise.kernel.inspect;

import org.jspecify.annotations.NullMarked;
