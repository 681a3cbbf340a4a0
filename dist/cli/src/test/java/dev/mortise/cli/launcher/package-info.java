/** Tests of this package. */
@NullMarked
package dev.mortise.cli.launcher;

import org.jspecify.annotations.NullMarked;
