/**
 * Scripts as steps of workflows.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.node;

import org.jspecify.annotations.NullMarked;
