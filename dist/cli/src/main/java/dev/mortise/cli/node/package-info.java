/**
 * Commands about the nodes of a server: who is there, and taking one out of service.
 *
 * <pre>{@code
 * mortise node list
 * mortise node drain NAME
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.node;

import org.jspecify.annotations.NullMarked;
