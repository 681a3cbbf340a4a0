/**
 * What commands are given beside their options: JSON as text, from a file, or from a pipe.
 *
 * <pre>{@code
 * JsonNode input = JsonInput.read("@order.json", System.in);
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.input;

import org.jspecify.annotations.NullMarked;
