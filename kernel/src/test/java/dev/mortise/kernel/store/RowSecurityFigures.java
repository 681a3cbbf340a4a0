package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What row-level security costs a tenant's transaction: the same transactions of the same store on a table with its
 * policy and on one without, which names the tenant in its condition instead. In turns, so that the machine's moods
 * fall on both. {@code ./mvnw -pl kernel -am test -Dtest=RowSecurityFigures -Dsurefire.failIfNoSpecifiedTests=false}
 * writes {@code kernel/target/row-security-figures.txt}. Not a test: it asserts nothing.
 */
class RowSecurityFigures {
    private static final int TENANTS = 50;
    private static final int ROWS_EACH = 200;
    private static final int WARM = 3_000;
    private static final int ROUNDS = 10_000;

    private final NotePlugin plugin = new NotePlugin();
    private final List<String> lines = new ArrayList<>();

    /** One transaction to time. */
    private interface Work {
        void run(UUID note) throws SQLException;
    }

    @Test
    void figures() throws SQLException, IOException {
        List<UUID> notes = fill();
        UUID tenant = plugin.alice.tenant().value();
        compare(
                "read one row by its key",
                notes,
                note -> read(figures -> figures.guarded(note)),
                note -> read(figures -> figures.plain(tenant, note)));
        compare(
                "read 50 rows in order",
                notes,
                note -> read(figures -> figures.guardedPage(note)),
                note -> read(figures -> figures.plainPage(tenant, note)));
        compare(
                "update one row by its key",
                notes,
                note -> write(figures -> figures.changeGuarded(note)),
                note -> write(figures -> figures.changePlain(tenant, note)));
        try (HikariDataSource pool = plainPool()) {
            compare(
                    "read one row, next to plain JDBC that binds no tenant and saves a round trip",
                    notes,
                    note -> read(figures -> figures.guarded(note)),
                    note -> plainRead(pool, tenant, note));
        }
        plugin.close();
        Files.write(Path.of("target/row-security-figures.txt"), lines);
    }

    private void read(Function<FigureMapper, ?> work) {
        plugin.alice.run(() -> plugin.store.read(FigureMapper.class, work));
    }

    private void write(Function<FigureMapper, ?> work) {
        plugin.alice.run(() -> plugin.store.write(FigureMapper.class, work));
    }

    /** Two tables with the same rows of many tenants; only one has the policy. */
    private List<UUID> fill() throws SQLException {
        List<UUID> notes = new ArrayList<>();
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE note_plugin.plain (LIKE note_plugin.note INCLUDING ALL)");
            statement.execute("GRANT SELECT, UPDATE ON note_plugin.plain TO mortise_server");
            for (int i = 0; i < TENANTS; i++) {
                String tenant = i == 0
                        ? plugin.alice.tenant().toString()
                        : UUID.randomUUID().toString();
                statement.execute("SELECT set_config('mortise.tenant', '" + tenant + "', false)");
                statement.execute("INSERT INTO note_plugin.note (title, urgency, tags, created_at)"
                        + " SELECT 'note ' || n, 'LOW', '{}', now() FROM generate_series(1, " + ROWS_EACH + ") n");
                statement.execute("INSERT INTO note_plugin.plain SELECT * FROM note_plugin.note");
            }
            statement.execute("SELECT set_config('mortise.tenant', '" + plugin.alice.tenant() + "', false)");
            try (ResultSet rows = statement.executeQuery("SELECT note_id FROM note_plugin.note")) {
                while (rows.next()) {
                    notes.add(rows.getObject(1, UUID.class));
                }
            }
            statement.execute("VACUUM ANALYZE note_plugin.note");
            statement.execute("VACUUM ANALYZE note_plugin.plain");
        }
        return notes;
    }

    private void compare(String what, List<UUID> notes, Work guarded, Work plain) throws SQLException {
        double[] with = new double[ROUNDS];
        double[] without = new double[ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            UUID note = notes.get(Math.floorMod(i, notes.size()));
            boolean guardedFirst = i % 2 == 0;
            double first = micros(guardedFirst ? guarded : plain, note);
            double second = micros(guardedFirst ? plain : guarded, note);
            if (i >= 0) {
                with[i] = guardedFirst ? first : second;
                without[i] = guardedFirst ? second : first;
            }
        }
        Arrays.sort(with);
        Arrays.sort(without);
        double median = with[ROUNDS / 2];
        double bare = without[ROUNDS / 2];
        lines.add(String.format(
                Locale.ROOT,
                "%s: %.1f us with, %.1f us without, %+.1f %%",
                what,
                median,
                bare,
                (median / bare - 1) * 100));
    }

    private static double micros(Work work, UUID note) throws SQLException {
        long begin = System.nanoTime();
        work.run(note);
        return (System.nanoTime() - begin) / 1e3;
    }

    private HikariDataSource plainPool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(plugin.address.jdbcUrl());
        config.setUsername("mortise_server");
        config.setPassword(plugin.address.derivedPassword("mortise_server"));
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private static void plainRead(HikariDataSource pool, UUID tenant, UUID note) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT title FROM note_plugin.plain WHERE tenant_id = ? AND note_id = ?")) {
            statement.setObject(1, tenant);
            statement.setObject(2, note);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
            }
            connection.commit();
        }
    }
}
