@NullMarked
package dev.mortise.kernel.audit;

import org.jspecify.annotations.NullMarked;
