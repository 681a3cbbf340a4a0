package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.Principal;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** API keys from issue to revocation. */
@Tag("K4")
@Timeout(60)
class ApiKeysTest {
    private final NotePlugin plugin = new NotePlugin();
    private final ApiKeys keys = plugin.database.apiKeys();

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void anIssuedKeyStandsForItsTenantAndPermissions() {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("automatrix.*", "relaycore.models.read"));

        assertThat(key).matches("mk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
        VerifiedKey verified = keys.verify(key).orElseThrow();
        assertThat(verified.tenant()).isEqualTo(plugin.alice.tenant());
        assertThat(verified.principal())
                .isEqualTo(new Principal(
                        "key:" + key.substring(3, 11),
                        Principal.Kind.API_KEY,
                        Set.of("automatrix.*", "relaycore.models.read")));
    }

    @Test
    void whatWasNotIssuedIsRefused() {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("*"));

        assertThat(keys.verify("")).isEmpty();
        assertThat(keys.verify("mk_")).isEmpty();
        assertThat(keys.verify(key.substring(0, key.length() - 1) + (key.endsWith("A") ? "Q" : "A")))
                .isEmpty();
        assertThat(keys.verify(key + " ")).isEmpty();
        assertThat(keys.verify("x".repeat(1_000_000))).isEmpty();
        assertThat(keys.verify(key)).isPresent();
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("*"));
        assertThat(keys.verify(key)).isPresent();

        assertThat(keys.revoke(plugin.alice.tenant(), key.substring(3, 11))).isTrue();

        assertThat(keys.verify(key)).isEmpty();
    }

    @Test
    void anotherTenantCannotRevokeIt() {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("*"));

        assertThat(keys.revoke(plugin.bob.tenant(), key.substring(3, 11))).isFalse();
        assertThat(keys.verify(key)).isPresent();
    }

    @Test
    void anExpiredKeyIsRefused() {
        String key = keys.issue(plugin.alice.tenant(), "old", Set.of("*"), Instant.EPOCH);

        assertThat(keys.verify(key)).isEmpty();
    }

    @Test
    void aKeyOfASuspendedTenantIsRefused() throws SQLException {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("*"));
        ask("UPDATE mortise.tenant SET state = 'SUSPENDED' WHERE name = 'alice' RETURNING name");

        assertThat(keys.verify(key)).isEmpty();
        assertThat(plugin.database.tenants().active()).containsExactly(plugin.bob.tenant());
    }

    @Test
    void theDatabaseHoldsNoSecret() throws SQLException {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("*"));
        String secret = key.substring(12);

        ask("SELECT set_config('mortise.tenant', '" + plugin.alice.tenant() + "', false)");
        assertThat(ask("SELECT k::text FROM mortise.api_key k")).doesNotContain(secret);
    }

    @Test
    void useIsNoted() throws SQLException {
        String key = keys.issue(plugin.alice.tenant(), "ci", Set.of("*"));
        assertThat(ask("SELECT last_used_at FROM mortise.api_key")).isNull();

        keys.verify(key);

        assertThat(ask("SELECT last_used_at FROM mortise.api_key")).isNotNull();
    }

    @Test
    void anOperatorsOwnKeyWorks() {
        String key = "chosen-by-the-operator-0123456789abcdef";
        assertThat(keys.hasAny()).isFalse();
        assertThat(keys.verify(key)).isEmpty();

        keys.issueGiven(plugin.alice.tenant(), "first", Set.of("*"), key);

        assertThat(keys.hasAny()).isTrue();
        assertThat(keys.verify(key)).isPresent();
    }

    @Test
    void aShortOperatorsKeyIsRefused() {
        assertThatThrownBy(() -> keys.issueGiven(plugin.alice.tenant(), "first", Set.of("*"), "secret"))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_INVALID);
                    assertThat(e).hasMessageNotContaining("secret");
                });
    }

    @Test
    void theDefaultTenantIsMadeOnce() {
        Tenants tenants = plugin.database.tenants();

        assertThat(tenants.ensureDefaultTenant()).isEqualTo(tenants.ensureDefaultTenant());
        assertThat(tenants.active()).hasSize(3);
    }

    /** Asks as the owner, who looks keys up for all tenants. */
    private @org.jspecify.annotations.Nullable String ask(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
