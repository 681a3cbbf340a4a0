/**
 * Who gets which worker. A worker serves one tenant and dies with its lease; some stand by, so that nobody waits for a
 * start; while all are lent, those wait longest whose tenant has most.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.pool;

import org.jspecify.annotations.NullMarked;
