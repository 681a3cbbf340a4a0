package dev.mortise.testkit;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * Makes tenants and keys in the running server's database, as an operator's tool would: any tenant, at any time,
 * without somebody who signs in first.
 *
 * @param address the server's own database
 */
record Keys(DatabaseAddress address) {
    private static final int SECRET_BYTES = 32;
    private static final int PREFIX_LENGTH = 8;

    /** Returns the text of a new key of that tenant, which is made when it is not there. */
    String issue(String tenantName, Set<String> permissions) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = "test_" + HexFormat.of().formatHex(secret);
        try (Connection connection = TestDatabase.connect(address)) {
            connection.setAutoCommit(false);
            UUID tenant = tenant(connection, tenantName);
            bind(connection, tenant);
            insert(connection, tenant, key, permissions);
            connection.commit();
            return key;
        } catch (SQLException e) {
            throw new IllegalStateException("A key of the tenant " + tenantName + " cannot be made", e);
        }
    }

    private static UUID tenant(Connection connection, String name) throws SQLException {
        String sql = """
                WITH made AS (INSERT INTO mortise.tenant (name) VALUES (?) ON CONFLICT DO NOTHING RETURNING id)
                SELECT id FROM made UNION ALL SELECT id FROM mortise.tenant WHERE name = ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        }
    }

    private static void bind(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('mortise.tenant', ?, true)")) {
            statement.setString(1, tenant.toString());
            statement.execute();
        }
    }

    private static void insert(Connection connection, UUID tenant, String key, Set<String> permissions)
            throws SQLException {
        String sql =
                "INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions) VALUES (?, 'test', ?, ?, ?)";
        byte[] hash = sha256(key);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenant);
            statement.setString(2, HexFormat.of().formatHex(hash).substring(0, PREFIX_LENGTH));
            statement.setBytes(3, hash);
            statement.setArray(4, connection.createArrayOf("text", permissions.toArray()));
            statement.executeUpdate();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
