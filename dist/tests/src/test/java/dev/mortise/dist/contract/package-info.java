/**
 * What holds for every operation alike, read from the server's own OpenAPI document and tried on a server with all
 * plugins that are delivered. An operation that is to be different is named here, with the reason.
 */
@NullMarked
package dev.mortise.dist.contract;

import org.jspecify.annotations.NullMarked;
