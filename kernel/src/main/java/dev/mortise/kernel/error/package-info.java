/**
 * What can go wrong in the kernel itself, as one enum of stable codes. Nothing else lives here.
 *
 * <pre>{@code
 * throw new MortiseException(KernelError.DATABASE_URL_INVALID, "MORTISE_DATABASE_URL has no host", "Write ...");
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.error;

import org.jspecify.annotations.NullMarked;
