/** Tests of this package. */
@NullMarked
package dev.mortise.cli.audit;

import org.jspecify.annotations.NullMarked;
