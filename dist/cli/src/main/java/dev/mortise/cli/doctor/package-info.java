/**
 * The command {@code mortise doctor}: looks at the machine, the installation and the server, changes nothing, and says
 * in one line each what is well, what is doubtful and what is wrong, with a remedy. A check is a small class that
 * returns a {@link dev.mortise.cli.doctor.Finding}; it never throws.
 *
 * <pre>{@code
 * ok    disk    212 GB free for /home/me/.local/share/mortise
 * fail  port    127.0.0.1:8420 is taken by another process
 *               remedy: choose another with --port or server.port
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.doctor;

import org.jspecify.annotations.NullMarked;
