/** The contract of HTTP resources, for those who write one. */
@NullMarked
package dev.mortise.api.http;

import org.jspecify.annotations.NullMarked;
