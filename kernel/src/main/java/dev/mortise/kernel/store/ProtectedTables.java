package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Refuses, in the transaction of the migration, a table that has tenants and does not keep them apart. */
record ProtectedTables(String schema) implements Callback {
    private static final String UNPROTECTED = """
            SELECT c.relname
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
             WHERE c.relnamespace = to_regnamespace(?)
               AND c.relkind IN ('r', 'p')
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement statement = context.getConnection().prepareStatement(UNPROTECTED)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Migration of schema " + schema);
        }
        if (!tables.isEmpty()) {
            throw new MortiseException(
                    KernelError.MIGRATION_FAILED,
                    "Tables of schema " + schema + " have a tenant_id and no protection: " + tables,
                    "Call mortise.protect('<table>') in the migration, after CREATE TABLE");
        }
    }

    @Override
    public String getCallbackName() {
        return "protected-tables";
    }
}
