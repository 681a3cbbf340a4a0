/**
 * Plugins without a line of Java: a folder with {@code script-plugin.json} and files in JavaScript or Python, packed by
 * {@code mortise plugin pack}. Their tools and workflow nodes run in the sandbox, with the permissions that the
 * manifest declares and no others, so that they may come from anyone. The sandbox itself is not here.
 *
 * <pre>{@code
 * {
 *   "id": "rates", "version": "1.0.0", "description": "Rates of currencies",
 *   "permissions": {"fetch": ["api.example.org"]},
 *   "tools": [{
 *     "name": "rates.euro", "title": "Euro rate", "summary": "Returns the rate of a currency in euro",
 *     "file": "rate.js", "input": {"type": "object", "properties": {"currency": {"type": "string"}}}
 *   }]
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.script;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
