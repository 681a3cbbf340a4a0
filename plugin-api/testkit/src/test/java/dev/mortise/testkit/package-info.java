/** Tests of the kit, on a plugin made on the spot. */
@NullMarked
package dev.mortise.testkit;

import org.jspecify.annotations.NullMarked;
