/** Tests of this package. */
@NullMarked
package dev.mortise.cli.optimize;

import org.jspecify.annotations.NullMarked;
