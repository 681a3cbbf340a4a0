/** The contract of job handlers, for those who write one. */
@NullMarked
package dev.mortise.api.job;

import org.jspecify.annotations.NullMarked;
