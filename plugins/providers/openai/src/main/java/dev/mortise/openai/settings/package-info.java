/**
 * The plugin's settings, checked when they are read. Nothing here prints a secret.
 *
 * <pre>{@code
 * OpenAiSettings settings = context.settings().as(OpenAiSettings.class);
 * }</pre>
 */
@NullMarked
package dev.mortise.openai.settings;

import org.jspecify.annotations.NullMarked;
