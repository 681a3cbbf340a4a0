/** Tests of durable jobs. */
@NullMarked
package dev.mortise.kernel.job;

import org.jspecify.annotations.NullMarked;
