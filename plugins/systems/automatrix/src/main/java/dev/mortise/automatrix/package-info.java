/** The plugin itself. */
@NullMarked
package dev.mortise.automatrix;

import org.jspecify.annotations.NullMarked;
