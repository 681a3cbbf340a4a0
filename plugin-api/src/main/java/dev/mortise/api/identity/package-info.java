/**
 * Who the people of a tenant are. Who acts in a call, and what that caller may do, is the principal's business
 * ({@link dev.mortise.api.call.Principal}); this is for showing names and offering roles.
 *
 * <pre>{@code
 * String author = context.identity().currentPerson().map(PersonProfile::displayName).orElse("a machine");
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
