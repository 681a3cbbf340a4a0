@NullMarked
package dev.mortise.kernel.migration;

import org.jspecify.annotations.NullMarked;
