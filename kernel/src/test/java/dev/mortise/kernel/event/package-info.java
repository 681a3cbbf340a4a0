/** Tests of events between plugins. */
@NullMarked
package dev.mortise.kernel.event;

import org.jspecify.annotations.NullMarked;
