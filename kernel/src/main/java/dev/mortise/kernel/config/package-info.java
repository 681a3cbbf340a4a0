/**
 * The server's configuration: one YAML file and a few environment variables, read into types once, with errors that
 * name file, line and path.
 */
@NullMarked
package dev.mortise.kernel.config;

import org.jspecify.annotations.NullMarked;
