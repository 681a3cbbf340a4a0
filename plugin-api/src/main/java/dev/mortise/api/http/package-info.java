/**
 * What a plugin serves over HTTP: Jakarta REST resources below {@code /api/v1/<plugin id>/}. They come with the
 * plugin's start, go with its stop, and change with its update in one step. Every resource method declares the
 * permission it needs; a plugin with a method that does not is refused at load.
 *
 * <pre>{@code
 * @Extension
 * @Path("runs")
 * public final class RunResource implements HttpResource {
 *     @GET
 *     @RequiresPermission("automatrix.runs.read")
 *     public List<RunSummary> list() { ... }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
