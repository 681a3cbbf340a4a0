@NullMarked
package dev.mortise.kernel.redact;

import org.jspecify.annotations.NullMarked;
