package dev.mortise.kernel.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealing, and the master key that it hangs on. */
@Tag("K4")
@Timeout(60)
class SealerTest {
    private static final byte[] SEED = "a seed of a second factor".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final DatabaseAddress address = TestDatabase.fresh();
    private final Database database = Database.open(address, DatabaseOptions.defaults());

    @AfterEach
    void close() {
        database.close();
    }

    private KeyRing ring(Path data) {
        return KeyRing.open(database.kernel(), data, _ -> null);
    }

    @Test
    void whatIsSealedOpensAgain() {
        Sealer sealer = ring(folder).sealer();

        byte[] sealed = sealer.seal(SEED, "totp/7");

        assertThat(sealed).hasSize(SEED.length + 45);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("seed");
        assertThat(sealer.open(sealed, "totp/7")).isEqualTo(SEED);
        assertThat(sealer.seal(SEED, "totp/7")).isNotEqualTo(sealed);
    }

    @Test
    void itOpensAfterARestart() {
        byte[] sealed = ring(folder).sealer().seal(SEED, "totp/7");

        assertThat(ring(folder).sealer().open(sealed, "totp/7")).isEqualTo(SEED);
    }

    @Test
    void itSealsInsideOfATransactionOfATenant() {
        TenantId tenant = database.tenants().ensureDefaultTenant();
        Sealer sealer = ring(folder).sealer(tenant);

        byte[] sealed = database.kernel().inTransaction(tenant, Access.READ, _ -> sealer.seal(SEED, "x"));

        assertThat(sealer.open(sealed, "x")).isEqualTo(SEED);
    }

    @Test
    void itOpensAtItsPlaceOnly() {
        Sealer sealer = ring(folder).sealer();
        byte[] sealed = sealer.seal(SEED, "totp/7");

        assertBroken(() -> sealer.open(sealed, "totp/8"));
    }

    @Test
    void itOpensForItsTenantOnly() {
        KeyRing ring = ring(folder);
        Sealer one = ring.sealer(new TenantId(UUID.randomUUID()));
        Sealer two = ring.sealer(new TenantId(UUID.randomUUID()));
        byte[] sealed = one.seal(SEED, "x");

        assertBroken(() -> two.open(sealed, "x"));
        assertBroken(() -> ring.sealer().open(sealed, "x"));
        assertThat(one.isMacOf(one.mac(SEED), SEED)).isTrue();
        assertThat(two.isMacOf(one.mac(SEED), SEED)).isFalse();
    }

    @Test
    void everyChangedByteIsNoticed() {
        Sealer sealer = ring(folder).sealer();
        byte[] sealed = sealer.seal(SEED, "x");

        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertBroken(() -> sealer.open(changed, "x"));
        }
        assertBroken(() -> sealer.open(java.util.Arrays.copyOf(sealed, 20), "x"));
        assertBroken(() -> sealer.open(new byte[0], "x"));
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyTheServersUserReads() throws Exception {
        ring(folder);

        Path file = folder.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file).strip()).hasSize(44);
    }

    @Test
    void aNodeWithoutTheKeyIsRefused() throws Exception {
        ring(Files.createDirectory(folder.resolve("first")));
        Path second = Files.createDirectory(folder.resolve("second"));

        assertThatThrownBy(() -> ring(second)).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(KernelError.MASTER_KEY);
            assertThat(e).hasMessageContaining("this node has none");
            assertThat(e.remedy()).contains("master.key").contains("MORTISE_MASTER_KEY");
        });
        assertThat(second).isEmptyDirectory();
    }

    @Test
    void aNodeWithAnotherKeyIsRefused() {
        ring(folder);
        Map<String, String> other =
                Map.of("MORTISE_MASTER_KEY", MasterKey.random().text());

        assertThatThrownBy(() -> KeyRing.open(database.kernel(), folder, other::get))
                .hasMessageContaining("is not the one that this database was set up with")
                .hasMessageNotContaining(other.get("MORTISE_MASTER_KEY"));
    }

    @Test
    void aNodeIsGivenTheKeyByAFileOfItsOwn() throws Exception {
        byte[] sealed = ring(folder).sealer().seal(SEED, "x");
        Map<String, String> named =
                Map.of("MORTISE_MASTER_KEY_FILE", folder.resolve("master.key").toString());

        KeyRing second = KeyRing.open(database.kernel(), folder.resolve("other"), named::get);

        assertThat(second.sealer().open(sealed, "x")).isEqualTo(SEED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "not base64 at all!", "AAAA", "dG9vIHNob3J0"})
    void aMalformedKeyIsRefusedAndNotShown(String text) {
        assertThatThrownBy(() -> KeyRing.open(database.kernel(), folder, Map.of("MORTISE_MASTER_KEY", text)::get))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.MASTER_KEY);
                    assertThat(e.describe()).doesNotContain(text);
                });
    }

    private static void assertBroken(org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(KernelError.SEALED_BROKEN));
    }
}
