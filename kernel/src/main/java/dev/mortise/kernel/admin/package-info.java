/**
 * The kernel's own HTTP resources, below {@code /api/v1/kernel/}: plugins, the local catalogue, and what this server
 * is. The command line and the console are clients of these.
 */
@NullMarked
package dev.mortise.kernel.admin;

import org.jspecify.annotations.NullMarked;
