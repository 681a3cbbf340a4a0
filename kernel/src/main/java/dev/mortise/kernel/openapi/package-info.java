/**
 * The API's description: OpenAPI 3.1, read from the resource classes of the kernel and of each plugin and joined to one
 * document. Why an own reader and not swagger-core: that keeps every class it has seen in static caches, which would
 * keep the class loader of a removed plugin alive; it describes sealed types as empty ones and all answers as
 * "default"; and it brings Jackson 2 beside Jackson 3. What is kept here of a plugin is JSON and no class.
 *
 * <pre>{@code
 * ObjectNode fragment = new ResourceReader("automatrix", "/api/v1/automatrix/").read(List.of(RunResource.class));
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.openapi;

import org.jspecify.annotations.NullMarked;
