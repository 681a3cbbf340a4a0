/**
 * The kernel's failures, each with a stable code. Every code of the kernel is in one enum, so that the operator's guide
 * can list them.
 */
@NullMarked
package dev.mortise.kernel.error;

import org.jspecify.annotations.NullMarked;
