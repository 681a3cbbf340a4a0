/**
 * {@code mortise secret}: sets and deletes the secrets of plugins, and changes the keys that they are sealed with. A
 * value comes from a file, from standard input or from a prompt, never from the command line, which others can read.
 *
 * <pre>{@code
 * mortise secret set openai api-key < key.txt
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.secret;

import org.jspecify.annotations.NullMarked;
