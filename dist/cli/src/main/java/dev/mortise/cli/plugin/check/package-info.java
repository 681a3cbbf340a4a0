/**
 * {@code mortise plugin check}: what a server of this version will say of a jar, before it is asked. With {@code --try}
 * a scratch server is asked indeed.
 *
 * <pre>{@code
 * mortise plugin check target/notes-1.0.0.jar --try
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.plugin.check;

import org.jspecify.annotations.NullMarked;
