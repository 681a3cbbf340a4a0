/**
 * What tests of the kernel and of plugins stand on: a real kernel on a real PostgreSQL, and plugins made on the spot
 * from a few lines of source. Nothing here imitates a part of the server.
 */
@NullMarked
package dev.mortise.kernel.testkit;

import org.jspecify.annotations.NullMarked;
