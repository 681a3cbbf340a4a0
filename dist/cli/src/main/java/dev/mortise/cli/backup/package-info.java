/**
 * Backup and restore of a server, from the machine that it runs on. They read the server's own configuration and speak
 * to its database, so that they work with a server that runs and with one that does not.
 *
 * <pre>{@code
 * mortise backup monday.mortise --pass-phrase-file phrase
 * mortise restore monday.mortise --data new-folder --pass-phrase-file phrase
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.backup;

import org.jspecify.annotations.NullMarked;
