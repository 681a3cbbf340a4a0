package dev.mortise.testkit;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes tenants and keys beside the running server, in its database; nothing is opened until one is asked for. */
final class Keys implements AutoCloseable {
    private final DatabaseAddress address;
    private @Nullable Database database;

    Keys(DatabaseAddress address) {
        this.address = address;
    }

    /** Returns the text of a new key. */
    synchronized String issue(String tenantName, Set<String> permissions) {
        if (database == null) {
            database = Database.open(address, DatabaseOptions.defaults());
        }
        return database.apiKeys().issue(tenant(tenantName), "test", permissions);
    }

    private TenantId tenant(String name) {
        String sql = """
                WITH made AS (INSERT INTO mortise.tenant (name) VALUES (?) ON CONFLICT DO NOTHING RETURNING id)
                SELECT id FROM made UNION ALL SELECT id FROM mortise.tenant WHERE name = ?
                """;
        try (Connection connection = TestDatabase.connect(address);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new TenantId(rows.getObject(1, UUID.class));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The tenant " + name + " cannot be made", e);
        }
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
        }
    }
}
