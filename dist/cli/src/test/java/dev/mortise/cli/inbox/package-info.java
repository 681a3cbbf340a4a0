/** Tests of the readers, with well-formed, sloppy and hostile files. */
@NullMarked
package dev.mortise.cli.inbox;

import org.jspecify.annotations.NullMarked;
