/**
 * What a command writes when all went well: aligned lines for people, or JSON for machines where {@code --json} was
 * given. Failures are not written here but thrown, see {@link dev.mortise.cli.problem}.
 *
 * <pre>{@code
 * @Mixin
 * private final OutputOptions output = new OutputOptions();
 * ...
 * output.show(answer, () -> table.lines());
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.output;

import org.jspecify.annotations.NullMarked;
