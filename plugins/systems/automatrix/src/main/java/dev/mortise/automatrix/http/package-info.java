/**
 * The plugin's part of the HTTP interface, below {@code /api/v1/automatrix}: templates, workflows and runs. Resources
 * check what comes in, call the engine or read, and shape what goes out; nothing is decided here.
 *
 * <pre>{@code
 * curl -H "Authorization: Bearer $KEY" -d '{"text":"hello"}' $URL/api/v1/automatrix/workflows/greet/runs
 * }</pre>
 */
@NullMarked
package dev.mortise.automatrix.http;

import org.jspecify.annotations.NullMarked;
