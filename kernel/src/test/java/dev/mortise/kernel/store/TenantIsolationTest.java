package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row-level security, attacked by plain SQL as the role that the server works as. */
@Tag("K4")
class TenantIsolationTest {
    private final NotePlugin plugin = new NotePlugin();
    private Connection server = connect();

    private Connection connect() {
        try {
            return TestDatabase.connectAsServer(plugin.address);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void writeForBoth() throws SQLException {
        plugin.alice.call(() -> plugin.add("alice's"));
        plugin.bob.call(() -> plugin.add("bob's"));
        execute("SET search_path = note_plugin");
    }

    @AfterEach
    void close() throws SQLException {
        server.close();
        plugin.close();
    }

    @Test
    void withoutATenantAStatementFails() {
        assertThatThrownBy(() -> ask("SELECT count(*) FROM note"))
                .hasMessageContaining("unrecognized configuration parameter \"mortise.tenant\"");
    }

    @Test
    void afterATenantsTransactionAStatementFailsAgain() throws SQLException {
        server.setAutoCommit(false);
        bindAlice();
        server.commit();

        assertThatThrownBy(() -> ask("SELECT count(*) FROM note")).hasMessageContaining("invalid input syntax");
    }

    @Test
    void aTenantReadsItsOwnRowsOnly() throws SQLException {
        asAlice();

        assertThat(ask("SELECT string_agg(title, ',') FROM note")).isEqualTo("alice's");
    }

    @Test
    void aTenantChangesAndDeletesItsOwnRowsOnly() throws SQLException {
        asAlice();

        assertThat(execute("UPDATE note SET title = 'x' WHERE title = 'bob''s'"))
                .isZero();
        assertThat(execute("DELETE FROM note")).isEqualTo(1);
        assertThat(plugin.bob.call(plugin::count)).isEqualTo(1);
    }

    @Test
    void aTenantCannotWriteARowOfAnother() throws SQLException {
        asAlice();

        assertThatThrownBy(() -> execute("INSERT INTO note (tenant_id, title, urgency, tags, created_at) VALUES ('"
                        + plugin.bob.tenant() + "', 'planted', 'LOW', '{}', now())"))
                .hasMessageContaining("violates row-level security");
    }

    @Test
    void aTenantCannotGiveARowAway() throws SQLException {
        asAlice();

        assertThatThrownBy(() -> execute("UPDATE note SET tenant_id = '" + plugin.bob.tenant() + "'"))
                .hasMessageContaining("violates row-level security");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE mortise_owner",
                "SET ROLE mortise_admin",
                "SET SESSION AUTHORIZATION mortise_owner",
                "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE note NO FORCE ROW LEVEL SECURITY",
                "DROP POLICY mortise_tenant ON note",
                "CREATE POLICY open ON note USING (true)",
                "ALTER ROLE mortise_server BYPASSRLS",
                "GRANT mortise_owner TO mortise_server",
                "TRUNCATE note",
                "CREATE TABLE mortise.other (id int)",
                "CREATE OR REPLACE FUNCTION mortise.current_tenant() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
                "SELECT * FROM flyway_schema_history",
                "DELETE FROM mortise.tenant"
            })
    void theServersRoleCannotLiftTheLimit(String attempt) {
        assertThatThrownBy(() -> execute(attempt))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    @Test
    void switchingRowSecurityOffMakesStatementsFail() throws SQLException {
        asAlice();
        execute("SET row_security = off");

        assertThatThrownBy(() -> ask("SELECT count(*) FROM note"))
                .hasMessageContaining("would be affected by row-level security");
    }

    @Test
    void resettingTheRoleChangesNothing() throws SQLException {
        asAlice();
        execute("RESET ROLE");
        execute("RESET SESSION AUTHORIZATION");

        assertThat(ask("SELECT count(*) FROM note")).isEqualTo("1");
    }

    @Test
    void theOwnerIsBoundToo() throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM note_plugin.note"))
                    .hasMessageContaining("mortise.tenant");
        }
    }

    @Test
    void everyTableWithTenantsForcesItsPolicy() throws SQLException {
        assertThat(ask("""
                        SELECT string_agg(c.oid::regclass::text, ', ')
                          FROM pg_class c
                          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                         WHERE c.relkind IN ('r', 'p')
                           AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                                    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
                        """)).isNull();
    }

    @Test
    void aKeyOfAnotherTenantCannotBeListed() throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement insert = owner.createStatement()) {
            insert.execute("INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions) VALUES ('"
                    + plugin.bob.tenant() + "', 'bob''s', 'p', sha256('bob'), '{*}')");
        }
        asAlice();

        assertThat(ask("SELECT count(*) FROM mortise.api_key")).isEqualTo("0");
    }

    /** Binds the tenant for the rest of the connection, as a forgetful programmer might. */
    private void asAlice() throws SQLException {
        ask("SELECT set_config('mortise.tenant', '" + plugin.alice.tenant() + "', false)");
    }

    private void bindAlice() throws SQLException {
        ask("SELECT set_config('mortise.tenant', '" + plugin.alice.tenant() + "', true)");
    }

    private @org.jspecify.annotations.Nullable String ask(String sql) throws SQLException {
        try (Statement statement = server.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = server.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }
}
