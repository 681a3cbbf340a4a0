/** The broker in a real server, with real workers. */
@NullMarked
package dev.mortise.sandbox;

import org.jspecify.annotations.NullMarked;
