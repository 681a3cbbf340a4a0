/**
 * A plugin's configuration, bound to a record. The values come from the section {@code plugins.<plugin id>} of the
 * server's configuration file; a component that is missing there arrives as {@code null} (or zero), so the record's
 * compact constructor is the place for defaults and checks.
 *
 * <pre>{@code
 * record RelaySettings(@Nullable String defaultChatModel) {}
 *
 * RelaySettings settings = context.settings().as(RelaySettings.class);
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
