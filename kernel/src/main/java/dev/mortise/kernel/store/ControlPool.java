package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two connections apart from everybody else's, opened at the first use: a server whose pool is exhausted is busy, not
 * dead, and must go on telling so.
 */
final class ControlPool implements AutoCloseable {
    private static final int SOCKET_SECONDS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final PGSimpleDataSource server;
    private @Nullable HikariDataSource pool;
    private @Nullable SchemaSessions sessions;

    ControlPool(PGSimpleDataSource server) {
        this.server = server;
    }

    synchronized SchemaSessions sessions() {
        SchemaSessions known = sessions;
        if (known == null) {
            pool = new HikariDataSource(configuration());
            known = new SchemaSessions("mortise", pool, JsonMapper.builder().build());
            sessions = known;
        }
        return known;
    }

    private HikariConfig configuration() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mortise-control");
        config.setDataSource(impatient());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CONNECT.toMillis() / 2);
        // Shorter than the socket's patience, so that a slow statement is told apart from a lost connection.
        config.setConnectionInitSql("SET statement_timeout = '4s'; SET lock_timeout = '2s'");
        return config;
    }

    private PGSimpleDataSource impatient() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.getUrl());
        source.setUser(server.getUser());
        source.setPassword(server.getPassword());
        source.setApplicationName("mortise control");
        source.setConnectTimeout((int) CONNECT.toSeconds());
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        return source;
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
