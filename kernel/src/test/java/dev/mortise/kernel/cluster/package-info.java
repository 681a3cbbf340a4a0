/** Tests of several nodes on one database. */
@NullMarked
package dev.mortise.kernel.cluster;

import org.jspecify.annotations.NullMarked;
