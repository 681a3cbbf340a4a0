package dev.mortise.kernel.store;

import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.AutoMappingUnknownColumnBehavior;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.apache.ibatis.type.JdbcType;
import tools.jackson.databind.json.JsonMapper;

/**
 * MyBatis as one load of a plugin sees it: one configuration, whose caches hold the plugin's classes and die with it. A
 * mapper is parsed when it is first asked for.
 */
final class MapperTypes {
    private final Configuration configuration;
    private final Set<Class<?>> known = ConcurrentHashMap.newKeySet();

    MapperTypes(DataSource pool, JsonMapper json) {
        // The connection is ours to open, commit and close; MyBatis only borrows it.
        ManagedTransactionFactory borrowed = new ManagedTransactionFactory();
        Properties properties = new Properties();
        properties.setProperty("closeConnection", "false");
        borrowed.setProperties(properties);
        configuration = new Configuration(new Environment("mortise", borrowed, pool));
        configuration.setMapUnderscoreToCamelCase(true);
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.setAutoMappingUnknownColumnBehavior(AutoMappingUnknownColumnBehavior.NONE);
        configuration.setJdbcTypeForNull(JdbcType.NULL);
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        configuration.setCacheEnabled(false);
        configuration.addInterceptor(new StatementSpans());
        ValueHandlers.register(configuration, json);
    }

    Configuration configuration() {
        return configuration;
    }

    /**
     * Parses the mapper and its XML file unless that was done. MyBatis's own registry is for one writer at a time, and
     * calls a mapper known before its file is parsed; so what is known is kept here.
     */
    void know(Class<?> type) {
        if (known.contains(type)) {
            return;
        }
        synchronized (known) {
            if (!known.contains(type)) {
                configuration.addMapper(type);
                known.add(type);
            }
        }
    }
}
