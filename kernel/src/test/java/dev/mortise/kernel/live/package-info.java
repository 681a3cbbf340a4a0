/** Tests of live topics, on two nodes of one database. */
@NullMarked
package dev.mortise.kernel.live;

import org.jspecify.annotations.NullMarked;
