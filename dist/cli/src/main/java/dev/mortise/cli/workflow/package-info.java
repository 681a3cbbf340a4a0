/**
 * The commands below {@code mortise workflow}: publish workflows and see which there are.
 *
 * <pre>{@code
 * mortise workflow publish --template automotive/service-intake
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.workflow;

import org.jspecify.annotations.NullMarked;
