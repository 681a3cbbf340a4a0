@NullMarked
package dev.mortise.kernel.setting;

import org.jspecify.annotations.NullMarked;
