package dev.mortise.dist.fuzz;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A tenant beside the one under attack, with things of its own that nobody else may see or change. */
final class OtherTenant {
    /** What the operator of the server sees of this tenant. */
    private static final String NAME = "the-other";

    /** In the name of everything that this tenant has. */
    static final String WORD = "zebrafinch";

    private static final String KEY = "key-of-the-other-tenant-0123456789abcdef";
    private static final List<String> LISTS = List.of(
            "/api/v1/kernel/roles",
            "/api/v1/kernel/service-accounts",
            "/api/v1/kernel/api-keys",
            "/api/v1/automatrix/workflows");

    private final TestKernel kernel;

    private OtherTenant(TestKernel kernel) {
        this.kernel = kernel;
    }

    static OtherTenant make(TestKernel kernel, DatabaseAddress database) throws SQLException {
        try (Connection owner = TestDatabase.connect(database);
                PreparedStatement tenant =
                        owner.prepareStatement("INSERT INTO mortise.tenant (name) VALUES ('" + NAME + "')")) {
            tenant.execute();
        }
        key(database, NAME, KEY, "infinity");
        OtherTenant other = new OtherTenant(kernel);
        other.create(
                "/api/v1/kernel/roles",
                Map.of("name", WORD, "description", WORD, "permissions", List.of("kernel.roles.read")));
        other.create("/api/v1/kernel/service-accounts", Map.of("name", WORD, "roles", List.of()));
        other.create("/api/v1/kernel/api-keys", Map.of("name", WORD, "permissions", List.of("kernel.roles.read")));
        other.create("/api/v1/automatrix/workflows", Map.of("template", "automotive/service-intake", "name", WORD));
        return other;
    }

    /** Writes a key into the database as its owner can. */
    static void key(DatabaseAddress database, String tenant, String key, String expires) throws SQLException {
        String sql = "INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions, expires_at)"
                + " SELECT id, ?, 'test', ?, ARRAY['*'], ?::timestamptz FROM mortise.tenant WHERE name = ?";
        try (Connection owner = TestDatabase.connect(database);
                PreparedStatement insert = owner.prepareStatement(sql)) {
            insert.setString(1, tenant.equals(NAME) ? WORD : "expired");
            insert.setBytes(2, sha256(key));
            insert.setString(3, expires);
            insert.setString(4, tenant);
            insert.execute();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private void create(String path, Map<String, Object> body) {
        TestResponse answer = kernel.send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(body)))
                .build());
        if (answer.status() >= 300) {
            throw new IllegalStateException(path + ": " + answer.text());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(kernel.url().resolve(path)).header("Authorization", "Bearer " + KEY);
    }

    /** Returns everything that this tenant has, without when it was last used. */
    String everything() {
        StringBuilder all = new StringBuilder();
        for (String list : LISTS) {
            all.append(kernel.send(request(list).build()).text()).append('\n');
        }
        return all.toString().replaceAll("\"lastUsedAt\":(\"[^\"]*\"|null)", "");
    }
}
