/**
 * The command {@code mortise run}: starts a run of a workflow, and looks at runs. Workflows themselves are published by
 * {@link dev.mortise.cli.workflow}.
 *
 * <pre>{@code
 * mortise run service-intake --input @message.json --wait
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.run;

import org.jspecify.annotations.NullMarked;
