package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is known by its URL alone. */
@Tag("K5")
@Timeout(60)
class DatabaseTest {
    @Test
    void aDatabaseGivenByItsUrlWorksLikeOurOwn() {
        DatabaseAddress ours = TestDatabase.fresh();
        String url = ours.jdbcUrl()
                .replace("jdbc:postgresql://", "postgresql://mortise_owner:" + ours.ownerPassword() + "@");

        TenantId tenant;
        try (Database database = Database.open(DatabaseAddress.parse(url), DatabaseOptions.defaults())) {
            assertThat(database.answers(Duration.ofSeconds(1))).isTrue();
            tenant = database.tenants().ensureDefaultTenant();
        }
        try (Database again = Database.open(DatabaseAddress.parse(url), DatabaseOptions.defaults())) {
            assertThat(again.tenants().active()).containsExactly(tenant);
        }
    }

    @Test
    void anEmptyDatabaseOfASuperuserIsSetUpFromNothing() throws SQLException {
        DatabaseAddress administrator = TestDatabase.server().administrator();
        try (Connection connection = TestDatabase.connect(administrator);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS empty_one");
            statement.execute("CREATE DATABASE empty_one");
        }
        DatabaseAddress empty = new DatabaseAddress(
                administrator.jdbcUrl().replaceFirst("[^/]+$", "empty_one"),
                administrator.ownerUser(),
                administrator.ownerPassword());

        try (Database database = Database.open(empty, new DatabaseOptions("another_role", 4, Duration.ofSeconds(3)))) {
            assertThat(database.tenants().ensureDefaultTenant()).isNotNull();
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        refused(
                KernelError.DATABASE_UNAVAILABLE,
                new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/mortise", "mortise_owner", "secret"),
                DatabaseOptions.defaults());
    }

    @Test
    void aWrongPasswordIsALoginRefused() {
        DatabaseAddress right = TestDatabase.fresh();
        refused(
                KernelError.DATABASE_LOGIN_REFUSED,
                new DatabaseAddress(right.jdbcUrl(), right.ownerUser(), "secret"),
                DatabaseOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mortise_owner", "mortise_admin"})
    void aServersRoleWithTooManyRightsIsRefused(String role) {
        refused(
                KernelError.DATABASE_ROLE_REFUSED,
                TestDatabase.fresh(),
                new DatabaseOptions(role, 4, Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@h:5433/d, jdbc:postgresql://h:5433/d, u, p",
        "postgres://u:p%40%2F@h/d?sslmode=require, jdbc:postgresql://h/d?sslmode=require, u, p@/",
        "jdbc:postgresql://h:1/d?user=u&password=p%26&sslmode=require, jdbc:postgresql://h:1/d?sslmode=require, u, p&",
        "'postgresql://u:p:q@h1:1,h2:2/d', 'jdbc:postgresql://h1:1,h2:2/d', u, p:q",
        "postgresql://u:a+b@[::1]:5/d, jdbc:postgresql://[::1]:5/d, u, a+b"
    })
    void bothFormsOfUrlAreRead(String url, String jdbcUrl, String user, String password) {
        assertThat(DatabaseAddress.parse(url)).isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://u:secret@h/d",
                "postgresql://u:secret@h",
                "postgresql://u:secret@h/",
                "postgresql://u@h/d",
                "postgresql://u:secret@/d",
                "postgresql://u:secret%zz@h/d"
            })
    void aMalformedUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url)).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(KernelError.DATABASE_URL_INVALID);
            assertThat(e).hasMessageNotContaining("secret");
        });
    }

    @Test
    void anAddressPrintsNoPassword() {
        assertThat(new DatabaseAddress("jdbc:postgresql://h/d", "u", "secret").toString())
                .doesNotContain("secret");
    }

    private static void refused(KernelError error, DatabaseAddress address, DatabaseOptions options) {
        assertThatThrownBy(() -> Database.open(address, options).close())
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).as(e.describe()).isEqualTo(error);
                    assertThat(e.describe()).doesNotContain("secret");
                });
    }
}
