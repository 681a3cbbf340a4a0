package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether this code can work with the schema that it finds. A newer schema is fine as long as it only added things:
 * nodes of two versions then serve side by side while an upgrade goes through them.
 */
final class SchemaLevel {
    private static final String IS_THERE = "SELECT to_regclass('mortise.schema_level') IS NOT NULL";
    private static final String READABLE_FROM = "SELECT readable_from FROM mortise.schema_level";

    private SchemaLevel() {}

    /**
     * Refuses a schema that needs newer code.
     *
     * @param newest the number of the newest kernel migration that this code has
     */
    static void check(Connection connection, int newest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery(IS_THERE)) {
                if (!there.next() || !there.getBoolean(1)) {
                    return;
                }
            }
            try (ResultSet level = statement.executeQuery(READABLE_FROM)) {
                if (level.next() && level.getInt(1) > newest) {
                    throw new MortiseException(
                            KernelError.DATABASE_SCHEMA_NEWER,
                            "The database needs kernel migration " + level.getInt(1) + ", and this version of Mortise"
                                    + " ends at " + newest,
                            "Start a newer version of Mortise, at least as new as the other nodes");
                }
            }
        }
    }
}
