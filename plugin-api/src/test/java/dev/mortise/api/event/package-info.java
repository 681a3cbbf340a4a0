/** The contract of event handlers, for those who write one. */
@NullMarked
package dev.mortise.api.event;

import org.jspecify.annotations.NullMarked;
