/**
 * Workflows as people write them, and as the engine walks them.
 * {@link dev.mortise.automatrix.definition.DefinitionReader} turns YAML into a
 * {@link dev.mortise.automatrix.definition.Workflow} that cannot be wrong, or reports every problem at once, each with
 * line, column, path and remedy. Whether a node exists is asked through a function, so nothing here knows of plugins,
 * runs or the database.
 *
 * <pre>{@code
 * Workflow workflow = new DefinitionReader(expressions).read(source, Set.of("automotive.classify"));
 * }</pre>
 */
@NullMarked
package dev.mortise.automatrix.definition;

import org.jspecify.annotations.NullMarked;
