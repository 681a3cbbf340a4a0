package dev.mortise.kernel.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks PostgreSQL's catalogue; one row at a time becomes one value. */
final class Catalog {
    private final Connection connection;
    private final List<String> schemas;

    /** @param schemas what {@code ?} stands for in every query */
    Catalog(Connection connection, List<String> schemas) {
        this.connection = connection;
        this.schemas = schemas;
    }

    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, Row<T> row) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setArray(i, connection.createArrayOf("text", schemas.toArray()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
        }
        return found;
    }

    /** Returns the first column as text. */
    List<String> texts(String sql) throws SQLException {
        return query(sql, row -> row.getString(1));
    }
}
