package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.Principal;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.Tenants;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** API keys from issue to revocation. */
@Tag("T4")
@Timeout(60)
class ApiKeysTest {
    private final IdentityFixture fixture = new IdentityFixture();
    private final ApiKeys keys = fixture.keys;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anIssuedKeyStandsForItsTenantAndPermissions() {
        String key = keys.issue(fixture.alice.tenant(), "ci", Set.of("automatrix.*", "relaycore.models.read"))
                .key();

        assertThat(key).matches("mk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
        Verified verified = keys.verify(key, IdentityFixture.HERE).orElseThrow();
        assertThat(verified.tenant()).isEqualTo(fixture.alice.tenant());
        assertThat(verified.principal())
                .isEqualTo(new Principal(
                        "key:" + key.substring(3, 11),
                        Principal.Kind.API_KEY,
                        Set.of("automatrix.*", "relaycore.models.read")));
    }

    @Test
    void whatWasNotIssuedIsRefused() {
        String key = keys.issue(fixture.alice.tenant(), "ci", Set.of("*")).key();

        assertThat(keys.verify("", IdentityFixture.HERE)).isEmpty();
        assertThat(keys.verify("mk_", IdentityFixture.HERE)).isEmpty();
        assertThat(keys.verify(
                        key.substring(0, key.length() - 1) + (key.endsWith("A") ? "Q" : "A"), IdentityFixture.HERE))
                .isEmpty();
        assertThat(keys.verify(key + " ", IdentityFixture.HERE)).isEmpty();
        assertThat(keys.verify("x".repeat(1_000_000), IdentityFixture.HERE)).isEmpty();
        assertThat(keys.verify(key, IdentityFixture.HERE)).isPresent();
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        ApiKeys.IssuedKey issued = keys.issue(fixture.alice.tenant(), "ci", Set.of("*"));
        assertThat(keys.verify(issued.key(), IdentityFixture.HERE)).isPresent();

        assertThat(keys.revoke(fixture.alice.tenant(), issued.id())).isTrue();

        assertThat(keys.verify(issued.key(), IdentityFixture.HERE)).isEmpty();
    }

    @Test
    void anotherTenantCannotRevokeIt() {
        ApiKeys.IssuedKey issued = keys.issue(fixture.alice.tenant(), "ci", Set.of("*"));

        assertThat(keys.revoke(fixture.bob.tenant(), issued.id())).isFalse();
        assertThat(keys.verify(issued.key(), IdentityFixture.HERE)).isPresent();
    }

    @Test
    void anExpiredKeyIsRefused() {
        String key = keys.issue(fixture.alice.tenant(), "old", Set.of("*"), Instant.EPOCH)
                .key();

        assertThat(keys.verify(key, IdentityFixture.HERE)).isEmpty();
    }

    @Test
    void aKeyOfASuspendedTenantIsRefused() {
        String key = keys.issue(fixture.alice.tenant(), "ci", Set.of("*")).key();
        fixture.ask("UPDATE mortise.tenant SET state = 'SUSPENDED' WHERE name = 'alice' RETURNING name");

        assertThat(keys.verify(key, IdentityFixture.HERE)).isEmpty();
        assertThat(fixture.database.tenants().active()).containsExactly(fixture.bob.tenant());
    }

    @Test
    void theDatabaseHoldsNoSecret() {
        String key = keys.issue(fixture.alice.tenant(), "ci", Set.of("*")).key();
        String secret = key.substring(12);

        assertThat(fixture.ask("SELECT k::text FROM mortise.api_key k")).doesNotContain(secret);
    }

    @Test
    void useIsNoted() {
        String key = keys.issue(fixture.alice.tenant(), "ci", Set.of("*")).key();
        assertThat(fixture.ask("SELECT last_used_at FROM mortise.api_key")).isNull();

        keys.verify(key, IdentityFixture.HERE);

        assertThat(fixture.ask("SELECT last_used_at FROM mortise.api_key")).isNotNull();
    }

    @Test
    void anOperatorsOwnKeyWorks() {
        String key = "chosen-by-the-operator-0123456789abcdef";
        assertThat(keys.hasAny()).isFalse();
        assertThat(keys.verify(key, IdentityFixture.HERE)).isEmpty();

        keys.issueGiven(fixture.alice.tenant(), "first", Set.of("*"), key);

        assertThat(keys.hasAny()).isTrue();
        assertThat(keys.verify(key, IdentityFixture.HERE)).isPresent();
    }

    @Test
    void aShortOperatorsKeyIsRefused() {
        assertThatThrownBy(() -> keys.issueGiven(fixture.alice.tenant(), "first", Set.of("*"), "secret"))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_INVALID);
                    assertThat(e).hasMessageNotContaining("secret");
                });
    }

    @Test
    void theDefaultTenantIsMadeOnce() {
        Tenants tenants = fixture.database.tenants();

        assertThat(tenants.ensureDefaultTenant()).isEqualTo(tenants.ensureDefaultTenant());
        assertThat(tenants.active()).hasSize(3);
    }
}
