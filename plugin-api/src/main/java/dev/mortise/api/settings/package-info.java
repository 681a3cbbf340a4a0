/**
 * A plugin's configuration: declared as a record, held to its schema, live. The values come from the section
 * {@code plugins.<plugin id>} of the server's configuration file, and from what operators and tenants set while the
 * server runs. A component that nobody has set arrives as {@code null} (or zero), so the record's compact constructor
 * is the place for defaults and for checks that a schema cannot express.
 *
 * <pre>{@code
 * record RelaySettings(
 *         @Setting(value = "The model for chats that name none.", tenant = true) @Nullable String defaultChatModel,
 *         @Setting(value = "How many records may wait; 0 for 10,000.", min = 0, max = 1_000_000) int usageQueue) {}
 *
 * String model = context.settings().as(RelaySettings.class).defaultChatModel();      // at each use
 * context.settings().watch(RelaySettings.class, now -> queue.resize(now.usageQueue())); // where reading is not enough
 * }</pre>
 *
 * <p>The schema is generated from the record. A jar that has a {@code settings.schema.json} (JSON Schema 2020-12, type
 * {@code object}) in its root declares that instead, with {@code "x-tenant": true} for what tenants may set and
 * {@code "x-secret": true} for secrets.
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
