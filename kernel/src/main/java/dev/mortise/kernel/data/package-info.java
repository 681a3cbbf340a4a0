/** The data folder: who owns it, which layout it has, and where the parts of the server keep their files in it. */
@NullMarked
package dev.mortise.kernel.data;

import org.jspecify.annotations.NullMarked;
