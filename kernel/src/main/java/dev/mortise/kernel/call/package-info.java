/** What travels with a call beside its tenant and principal, also onto the threads that the kernel starts for it. */
@NullMarked
package dev.mortise.kernel.call;

import org.jspecify.annotations.NullMarked;
