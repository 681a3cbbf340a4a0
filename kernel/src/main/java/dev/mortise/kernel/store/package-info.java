/**
 * The database as the kernel and the plugins use it: one pool as a role that row-level security binds, the kernel's own
 * tables, and for every plugin a schema with its migrations and MyBatis sessions in the tenant's transaction. Where the
 * database comes from does not matter here; a {@link dev.mortise.kernel.store.DatabaseAddress} is all it takes.
 *
 * <pre>{@code
 * Database database = Database.open(address, DatabaseOptions.defaults());
 * PluginStore store = database.pluginStores().open(info, loader, json, migrations);
 * store.migrate();
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.store;

import org.jspecify.annotations.NullMarked;
