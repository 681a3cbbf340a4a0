/** Tests of the command's root. */
@NullMarked
package dev.mortise.cli;

import org.jspecify.annotations.NullMarked;
