/** Tests: those named IT run after the jar is made, in a real server. */
@NullMarked
package ${package};

import org.jspecify.annotations.NullMarked;
