/** Tests of this package. */
@NullMarked
package dev.mortise.cli.run;

import org.jspecify.annotations.NullMarked;
