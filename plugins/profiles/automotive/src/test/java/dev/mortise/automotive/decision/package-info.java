/** The specification of the package of the same name. */
@NullMarked
package dev.mortise.automotive.decision;

import org.jspecify.annotations.NullMarked;
