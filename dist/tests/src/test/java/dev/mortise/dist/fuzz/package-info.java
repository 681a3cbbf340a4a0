/**
 * Hostile callers, made from the server's own OpenAPI document: every operation of the kernel and of all plugins meets
 * what no client in its right mind would send. Nothing here knows an operation by name, but for the few that would end
 * the server under test.
 */
@NullMarked
package dev.mortise.dist.fuzz;

import org.jspecify.annotations.NullMarked;
