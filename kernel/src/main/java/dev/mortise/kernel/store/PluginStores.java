package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.api.plugin.PluginInfo;
import java.util.List;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens the store of each load of a plugin.
 *
 * @since 0.1
 */
public final class PluginStores {
    private final HikariDataSource pool;
    private final DataSource unpooled;
    private final Migrations migrations;
    private final SchemaSessions kernel;
    private final Tenants tenants;

    PluginStores(
            HikariDataSource pool, DataSource unpooled, Migrations migrations, SchemaSessions kernel, Tenants tenants) {
        this.pool = pool;
        this.unpooled = unpooled;
        this.migrations = migrations;
        this.kernel = kernel;
        this.tenants = tenants;
    }

    /**
     * Returns the store of one load of a plugin; call {@link PluginStore#migrate} before the plugin starts. Nothing is
     * opened by this.
     *
     * @param loader the plugin's class loader, which has its mappers and their XML files
     * @param json the plugin's own mapper
     * @param scripts its {@code db/migration/V*.sql} files, in any order; empty for a plugin without tables
     */
    public PluginStore open(PluginInfo plugin, ClassLoader loader, JsonMapper json, List<MigrationScript> scripts) {
        return new PluginStore(plugin, loader, json, scripts, pool, unpooled, migrations, kernel, tenants);
    }
}
