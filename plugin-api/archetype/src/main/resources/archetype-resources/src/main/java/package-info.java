/**
 * Keeps short notes, one list a tenant.
 */
@NullMarked
package ${package};

import org.jspecify.annotations.NullMarked;
