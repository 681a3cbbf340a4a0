package dev.mortise.kernel.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of one table, out of the database. The owner is bound by row-level security as everybody is, so a table that
 * keeps tenants apart is read tenant by tenant, in the one snapshot of the transaction.
 *
 * @param isGuarded whether row-level security is on
 * @param hasTenant whether it has the column {@code tenant_id}
 */
record TableRows(String schema, String name, List<String> columns, boolean isGuarded, boolean hasTenant) {
    private static final String TABLES = """
            SELECT n.nspname, c.relname, c.relrowsecurity,
                   EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id'
                              AND NOT t.attisdropped),
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                          ORDER BY a.attnum)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind = 'r'
             ORDER BY n.nspname, c.relname
            """;

    TableRows {
        columns = List.copyOf(columns);
    }

    static List<TableRows> all(Connection connection, List<String> schemas) throws SQLException {
        return new Catalog(connection, schemas)
                .query(
                        TABLES,
                        row -> new TableRows(
                                row.getString(1),
                                row.getString(2),
                                List.of((String[]) row.getArray(5).getArray()),
                                row.getBoolean(3),
                                row.getBoolean(4)));
    }

    String quotedName() {
        return quoted(schema) + "." + quoted(name);
    }

    String quotedColumns() {
        return columns.stream().map(TableRows::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Copies every row of every tenant. */
    void copy(Connection connection, List<String> tenants, RowDigest digest, OutputStream out)
            throws SQLException, IOException {
        String all = "SELECT " + quotedColumns() + " FROM ONLY " + quotedName();
        if (!isGuarded) {
            copy(connection, all, digest, out);
            return;
        }
        if (!hasTenant) {
            copyUnguarded(connection, all, digest, out);
            return;
        }
        for (String tenant : tenants) {
            bind(connection, tenant);
            copy(connection, all + " WHERE tenant_id = '" + tenant + "'", digest, out);
        }
    }

    /** PostgreSQL then fails rather than to leave rows out. */
    private static void copyUnguarded(Connection connection, String query, RowDigest digest, OutputStream out)
            throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL row_security = off");
            copy(connection, query, digest, out);
            statement.execute("SET LOCAL row_security = on");
        }
    }

    private static void bind(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('mortise.tenant', ?, true)")) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }

    /** Copies the rows of a query; PostgreSQL sends one message for each row. */
    static void copy(Connection connection, String query, RowDigest digest, OutputStream out)
            throws SQLException, IOException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT");
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                digest.add(row);
                out.write(row);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
