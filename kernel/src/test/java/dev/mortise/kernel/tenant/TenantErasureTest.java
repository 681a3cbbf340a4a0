package dev.mortise.kernel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A tenant that is deleted: after its grace nothing of it is left, and nothing of others is gone. */
class TenantErasureTest extends TenantsOnTwoNodes {
    TenantErasureTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void afterTheGraceEveryRowInEverySchemaIsErasedAndReported() throws SQLException {
        Made made = make();
        Made neighbour = make();
        for (int i = 0; i < 5; i++) {
            as(made.key(), "POST", "/api/v1/shelf/books");
            as(neighbour.key(), "POST", "/api/v1/shelf/books");
        }
        fillUp(made);

        delete(made.name(), "P1D");
        asOwner("UPDATE mortise.tenant SET erase_after = now() WHERE name = '" + made.name() + "'");
        JsonNode report = erased(made);

        assertThat(report.path("counts").path("shelf.book").asInt()).isEqualTo(5_005);
        assertThat(report.path("counts").path("shelf.page").asInt()).isEqualTo(5);
        assertThat(report.path("counts").path("mortise.api_key").asInt()).isEqualTo(1);
        assertThat(one.get(TENANTS + "/" + made.name()).status()).isEqualTo(404);
        assertThat(as(made.key(), "GET", "/api/v1/shelf/books").status()).isIn(401, 403);
        assertThat(rowsOf(made)).isZero();
        assertThat(as(neighbour.key(), "GET", "/api/v1/shelf/books").text()).isEqualTo("5");
    }

    @Test
    void anErasureThatWasCutOffGoesOnFromThere() throws SQLException {
        Made made = make();
        fillUp(made);
        delete(made.name(), "P1D");
        asOwner("UPDATE mortise.tenant SET erase_after = now() WHERE name = '" + made.name() + "'");
        // What a node had done that was killed in the middle.
        asOwner("SELECT set_config('mortise.tenant', '" + made.id() + "', false);"
                + "DELETE FROM shelf.book WHERE ctid IN (SELECT ctid FROM shelf.book LIMIT 1000);"
                + "UPDATE mortise.tenant_erasure SET counts = '{\"shelf.book\": 1000}' WHERE tenant = '" + made.id()
                + "'");

        assertThat(erased(made).path("counts").path("shelf.book").asInt()).isBetween(5_000, 6_000);
        assertThat(rowsOf(made)).isZero();
    }

    @Test
    void noRowGoesBeforeTheTimeHasCome() throws SQLException {
        Made made = make();
        as(made.key(), "POST", "/api/v1/shelf/books");
        delete(made.name(), "PT10S");
        asOwner("UPDATE mortise.tenant SET erase_after = now() + interval '1 hour' WHERE name = '" + made.name() + "'");

        try (Connection server = TestDatabase.connectAsServer(one.database());
                Statement statement = server.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + made.id() + "', false)");
            org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                            statement.execute("SELECT mortise.erase_rows_of_tenant('shelf.book'::regclass::oid, 10)"))
                    .hasMessageContaining("not due for erasure");
        }
    }

    private JsonNode erased(Made made) {
        Await.until(
                Duration.ofSeconds(30),
                () -> one.get(TENANTS + "/" + made.id() + "/erasure").body().has("finishedAt"));
        return one.get(TENANTS + "/" + made.id() + "/erasure").body();
    }

    private void fillUp(Made made) throws SQLException {
        asOwner("SELECT set_config('mortise.tenant', '" + made.id() + "', false);"
                + "INSERT INTO shelf.book (title) SELECT 'more' FROM generate_series(1, 5000)");
    }

    private long rowsOf(Made made) throws SQLException {
        long rows = 0;
        try (Connection owner = TestDatabase.connect(one.database());
                Statement statement = owner.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + made.id() + "', false)");
            for (String table : List.of("shelf.book", "shelf.page", "mortise.api_key")) {
                try (ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM " + table + " WHERE tenant_id = '" + made.id() + "'")) {
                    count.next();
                    rows += count.getLong(1);
                }
            }
        }
        return rows;
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(one.database());
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
