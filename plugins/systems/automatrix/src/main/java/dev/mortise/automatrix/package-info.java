/**
 * AutoMatrix, the workflow engine, as the kernel sees it: the main class, its settings and its error codes. The main
 * class holds one engine and the shelf of published workflows for as long as this version of the plugin is loaded;
 * everything else is in the packages below, by feature.
 *
 * <pre>{@code
 * plugins:
 *   automatrix:
 *     parallelRuns: 64
 * }</pre>
 */
@NullMarked
package dev.mortise.automatrix;

import org.jspecify.annotations.NullMarked;
