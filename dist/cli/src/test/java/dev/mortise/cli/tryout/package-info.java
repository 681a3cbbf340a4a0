/** Tests of the try: its arithmetic, its words, and how it copes with a server that fails in planted ways. */
@NullMarked
package dev.mortise.cli.tryout;

import org.jspecify.annotations.NullMarked;
