/** The profile as a whole: in a real server, against labelled messages. */
@NullMarked
package dev.mortise.automotive;

import org.jspecify.annotations.NullMarked;
