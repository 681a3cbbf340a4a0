/**
 * A plugin's own schema in PostgreSQL, reached through MyBatis mappers inside the tenant's transaction. Row-level
 * security is on for every table: without a bound tenant a statement fails, with one it sees that tenant's rows and no
 * others. A mapper is an interface of the plugin with an XML file of the same name beside it; migrations are the
 * plugin's {@code db/migration/V*.sql} files.
 *
 * <pre>{@code
 * Run run = store.write(RunMapper.class, runs -> runs.insert(workflow, input));
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
