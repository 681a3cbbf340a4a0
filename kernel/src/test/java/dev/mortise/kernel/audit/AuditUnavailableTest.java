package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The record cannot be kept. */
@Tag("G1")
@Timeout(90)
class AuditUnavailableTest {
    @TempDir
    Path folder;

    @Test
    void aChangeIsNotConfirmedAndReadingGoesOn() throws SQLException {
        DatabaseAddress database = TestDatabase.fresh();
        try (TestKernel kernel = TestKernel.node("one", database, folder, "")) {
            execute(database, "REVOKE INSERT ON mortise.audit_pending FROM mortise_server");

            TestResponse answer = kernel.send(kernel.request("/api/v1/kernel/keys/data/rotation")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body().path("code").asString()).isEqualTo("kernel.audit-unavailable");
            assertThat(answer.body().path("remedy").asString()).contains("present state");
            assertThat(kernel.get("/api/v1/kernel/info").status()).isEqualTo(200);

            execute(database, "GRANT INSERT ON mortise.audit_pending TO mortise_server");
            assertThat(kernel.send(kernel.request("/api/v1/kernel/keys/data/rotation")
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build())
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void execute(DatabaseAddress database, String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
