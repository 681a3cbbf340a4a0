/** Tests of the commands about keys and people. */
@NullMarked
package dev.mortise.cli.key;

import org.jspecify.annotations.NullMarked;
