/** Tests of this package. */
@NullMarked
package dev.mortise.cli.client;

import org.jspecify.annotations.NullMarked;
