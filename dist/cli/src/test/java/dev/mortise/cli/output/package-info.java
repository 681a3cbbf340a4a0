/** Tests of this package. */
@NullMarked
package dev.mortise.cli.output;

import org.jspecify.annotations.NullMarked;
