/** Proves it on a real server. */
@NullMarked
package dev.mortise.kernel.openapi;

import org.jspecify.annotations.NullMarked;
