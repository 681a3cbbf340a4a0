package dev.mortise.kernel.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.secret.SecretValue;
import dev.mortise.kernel.error.KernelError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secrets of plugins. */
@Tag("K4")
@Timeout(60)
class SecretsTest {
    private static final String VALUE = "correct horse battery staple";

    @TempDir
    Path folder;

    private SecretBench bench;

    @BeforeEach
    void open() {
        bench = new SecretBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aSecretComesBackAsItWasSet() {
        bench.put("mail", "password", VALUE);

        assertThat(bench.find("mail", "password")).contains(VALUE);
        bench.put("mail", "password", "Ünïcödé ☃ \0 x");
        assertThat(bench.find("mail", "password")).contains("Ünïcödé ☃ \0 x");
    }

    @Test
    void aSecretIsOfOnePluginAndOneTenant() {
        bench.put("mail", "password", VALUE);

        assertThat(bench.find("other", "password")).isEmpty();
        assertThat(bench.find("mail", "passwor")).isEmpty();
        TenantId other = bench.otherTenant();
        assertThat(bench.as(other, () -> bench.find("mail", "password"))).isEmpty();
        assertThat(bench.as(other, () -> bench.names("mail"))).isEmpty();
    }

    @Test
    void theDatabaseHasNoPlainValue() throws SQLException {
        bench.put("mail", "password", VALUE);

        assertThat(bench.asOwner("SELECT encode(sealed, 'escape') || updated_by FROM mortise.secret"))
                .doesNotContain("horse")
                .endsWith("key:alice");
    }

    @Test
    void aValueThatWasMovedToAnotherNamePluginOrTenantDoesNotOpen() throws SQLException {
        bench.put("mail", "password", VALUE);
        TenantId other = bench.otherTenant();

        bench.asOwner("INSERT INTO mortise.secret (plugin, name, sealed, key_id, updated_by)"
                + " SELECT 'mail', 'stolen', sealed, key_id, 'x' FROM mortise.secret");
        bench.asOwner("INSERT INTO mortise.secret (plugin, name, sealed, key_id, updated_by)"
                + " SELECT 'mine', 'password', sealed, key_id, 'x' FROM mortise.secret WHERE name = 'password'");
        bench.asOwner(
                "INSERT INTO mortise.secret (tenant_id, plugin, name, sealed, key_id, updated_by) SELECT '" + other
                        + "', 'mail', 'password', sealed, key_id, 'x' FROM mortise.secret WHERE name = 'password'"
                        + " AND plugin = 'mail'");

        assertBroken(() -> bench.find("mail", "stolen"));
        assertBroken(() -> bench.find("mine", "password"));
        assertBroken(() -> bench.as(other, () -> bench.find("mail", "password")));
        assertThat(bench.find("mail", "password")).contains(VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "Über", "A", "a b", "a/b", "../x", "a\0", "x'; DROP TABLE mortise.secret; --"})
    void aNameThatIsNoneIsRefusedAndNotRepeated(String name) {
        assertThatThrownBy(() -> bench.put("mail", name, VALUE)).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_INVALID);
            assertThat(e.describe()).doesNotContain("DROP TABLE");
        });
    }

    @Test
    void aSecretIsDeletedOnce() {
        bench.put("mail", "password", VALUE);

        assertThat(bench.delete("mail", "password")).isTrue();
        assertThat(bench.delete("mail", "password")).isFalse();
        assertThat(bench.find("mail", "password")).isEmpty();
    }

    @Test
    void changesAreOnRecordWithoutTheValue() throws SQLException {
        bench.put("mail", "password", VALUE);
        bench.delete("mail", "password");

        bench.audit.verify(bench.tenant);
        assertThat(
                        bench.asOwner(
                                "SELECT string_agg(action || ' ' || target || details, ', ' ORDER BY seq) FROM mortise.audit_entry"))
                .isEqualTo("kernel.secret.set plugin/mail/secret/password{}, "
                        + "kernel.secret.deleted plugin/mail/secret/password{}");
    }

    @Test
    void aValueDoesNotPrintItselfAndIsWiped() {
        SecretValue value = SecretValue.of(VALUE);

        assertThat(value).hasToString("[secret]").isEqualTo(SecretValue.of(VALUE.getBytes(StandardCharsets.UTF_8)));
        assertThat(value.chars()).isEqualTo(VALUE.toCharArray());
        value.close();
        assertThatThrownBy(value::text).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(value::bytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SecretValue.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SecretValue.of(new byte[(64 << 10) + 1])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertBroken(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(KernelError.SEALED_BROKEN));
    }

    static CallContext context(TenantId tenant) {
        return new CallContext(
                tenant, new Principal("key:alice", Principal.Kind.API_KEY, Set.of("*")), "0".repeat(31) + "1");
    }
}
