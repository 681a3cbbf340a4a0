package dev.mortise.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a migration outside of a transaction leaves behind when it fails or its server is killed: indexes that are not
 * valid (PostgreSQL's manual, "Building Indexes Concurrently"), which {@code IF NOT EXISTS} would take for good, and a
 * row in Flyway's table that would stop every further run.
 */
final class CrashRemains {
    private static final String HAS_HISTORY = "SELECT to_regclass(?) IS NOT NULL";
    private static final String INVALID = """
            SELECT format('DROP INDEX CONCURRENTLY IF EXISTS %I.%I', n.nspname, c.relname)
              FROM pg_index i
              JOIN pg_class c ON c.oid = i.indexrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relkind = 'i' AND NOT i.indisvalid
            """;

    private final DataSource owner;
    private final String schema;

    CrashRemains(DataSource owner, String schema) {
        this.owner = owner;
        this.schema = schema;
    }

    /** Clears the way for a script, where it has not been applied yet. */
    void clear(MigrationScript script) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            String history = Migrations.quoted(schema) + ".flyway_schema_history";
            if (!ask(connection, HAS_HISTORY, history).equals(List.of("t"))
                    || !ask(connection, "SELECT 1 FROM " + history + " WHERE script = ? AND success", script.fileName())
                            .isEmpty()) {
                return;
            }
            statement.execute("DELETE FROM " + history + " WHERE NOT success");
            for (String drop : ask(connection, INVALID, schema)) {
                statement.execute(drop);
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Migration " + script.fileName() + " of schema " + schema);
        }
    }

    private static List<String> ask(Connection connection, String sql, String parameter) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(String.valueOf(rows.getString(1)));
                }
            }
        }
        return answers;
    }
}
