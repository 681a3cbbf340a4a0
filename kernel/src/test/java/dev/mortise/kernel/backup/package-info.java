/** Tests of backup and restore. */
@NullMarked
package dev.mortise.kernel.backup;

import org.jspecify.annotations.NullMarked;
