@NullMarked
package dev.mortise.kernel.secret;

import org.jspecify.annotations.NullMarked;
