/**
 * Single runs of scripts, ordered as JSON: by the playground and by workflow nodes.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.run;

import org.jspecify.annotations.NullMarked;
