@NullMarked
package dev.mortise.kernel.identity;

import org.jspecify.annotations.NullMarked;
