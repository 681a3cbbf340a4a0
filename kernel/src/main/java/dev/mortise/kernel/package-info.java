/**
 * The kernel: starts the parts in order, stops them in the reverse order, and knows no plugin by name. Everything that
 * a user can name is a plugin; what is here is the slot that they fit into.
 */
@NullMarked
package dev.mortise.kernel;

import org.jspecify.annotations.NullMarked;
