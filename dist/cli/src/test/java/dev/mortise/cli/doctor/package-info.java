/** Tests of this package. */
@NullMarked
package dev.mortise.cli.doctor;

import org.jspecify.annotations.NullMarked;
