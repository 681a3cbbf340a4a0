/**
 * What became of each message: recorded once, whatever happens to the workflow, and served over HTTP; and the preview,
 * which shows what would be decided for a text without recording anything.
 *
 * <pre>{@code
 * GET /api/v1/automotive/decisions/m-001
 * }</pre>
 */
@NullMarked
package dev.mortise.automotive.decision;

import org.jspecify.annotations.NullMarked;
