/** What traces have in them, read as a receiver of OTLP reads them. */
@NullMarked
package dev.mortise.kernel.trace;

import org.jspecify.annotations.NullMarked;
