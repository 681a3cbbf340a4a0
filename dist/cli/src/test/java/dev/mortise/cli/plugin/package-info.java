/** Tests of this package. */
@NullMarked
package dev.mortise.cli.plugin;

import org.jspecify.annotations.NullMarked;
