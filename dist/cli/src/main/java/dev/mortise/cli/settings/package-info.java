/**
 * The commands below {@code mortise settings}: see and change the settings of a plugin while the server runs. What a
 * setting means is no business of this package; the server says what is known and refuses what does not fit.
 *
 * <pre>{@code
 * mortise settings set relaycore defaultChatModel=openai/main/gpt-4.1-mini usageQueue=20000
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.settings;

import org.jspecify.annotations.NullMarked;
