/** Tenants as their operator treats them, over HTTP. */
@NullMarked
package dev.mortise.kernel.tenant;

import org.jspecify.annotations.NullMarked;
