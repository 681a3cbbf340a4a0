package dev.mortise.kernel.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.Access;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys are changed while they are in use. */
@Tag("K4")
@Timeout(60)
class KeyChangeTest {
    private static final String VALUE = "correct horse battery staple";

    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    private SecretBench bench;

    @BeforeEach
    void open() {
        bench = new SecretBench(folder);
        bench.put("mail", "password", VALUE);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String master(Path file) throws Exception {
        return Files.readString(file).strip();
    }

    /** The same installation, started again. */
    private void restart() {
        bench.close();
        bench = new SecretBench(bench.address, folder);
    }

    @Test
    void aNewMasterKeyOpensAllThatTheFormerOneDid() throws Exception {
        String former = master(folder.resolve("master.key"));
        byte[] sealed = bench.keys.sealer().seal(new byte[] {1, 2, 3}, "place");

        bench.keys.changeMaster();

        assertThat(master(folder.resolve("master.key"))).isNotEqualTo(former);
        assertThat(bench.find("mail", "password")).contains(VALUE);
        restart();
        assertThat(bench.find("mail", "password")).contains(VALUE);
        assertThat(bench.keys.sealer().open(sealed, "place")).containsExactly(1, 2, 3);
    }

    @Test
    void aMasterKeyIsChangedAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            bench.keys.changeMaster();
        }
        restart();

        assertThat(bench.find("mail", "password")).contains(VALUE);
    }

    @Test
    void aServerThatWasKilledBeforeItKeptTheNewKeyFindsItByTheFormerOne() throws Exception {
        String former = master(folder.resolve("master.key"));
        bench.keys.changeMaster();
        String present = master(folder.resolve("master.key"));
        Files.writeString(folder.resolve("master.key"), former);

        restart();

        assertThat(bench.find("mail", "password")).contains(VALUE);
        assertThat(master(folder.resolve("master.key"))).isEqualTo(present);
    }

    @Test
    void aChangeThatIsKilledInTheMiddleChangesNothing() throws Exception {
        String former = master(folder.resolve("master.key"));
        bench.otherTenant();
        // The last of the data keys cannot be written, as when the server or the database dies there.
        bench.asOwner("ALTER TABLE mortise.data_key ADD CONSTRAINT stuck CHECK (wrapped = '\\x00' OR master_id = ("
                + "'" + bench.asOwner("SELECT id FROM mortise.master_key") + "'::uuid)) NOT VALID");

        assertThatThrownBy(() -> bench.keys.changeMaster()).isInstanceOf(MortiseException.class);

        assertThat(master(folder.resolve("master.key"))).isEqualTo(former);
        assertThat(bench.asOwner("SELECT count(*) FROM mortise.master_key")).isEqualTo("1");
        assertThat(bench.find("mail", "password")).contains(VALUE);
        bench.asOwner("ALTER TABLE mortise.data_key DROP CONSTRAINT stuck");
        bench.keys.changeMaster();
        restart();
        assertThat(bench.find("mail", "password")).contains(VALUE);
    }

    @Test
    void anotherNodeThatRunsFollowsAtOnce() throws Exception {
        Files.copy(folder.resolve("master.key"), otherFolder.resolve("master.key"));
        try (SecretBench other = new SecretBench(bench.address, otherFolder)) {
            bench.keys.changeMaster();
            bench.put("mail", "second", VALUE + 2);

            // It has no data key in memory yet, so it must find the new master key to read and to write.
            assertThat(other.find("mail", "second")).contains(VALUE + 2);
            assertThat(master(otherFolder.resolve("master.key"))).isEqualTo(master(folder.resolve("master.key")));
            other.as(other.otherTenant(), () -> {
                other.put("mail", "third", VALUE + 3);
                return true;
            });
        }
    }

    @Test
    void aNodeThatIsGivenItsKeyByTheEnvironmentPutsTheNewOneBeside() throws Exception {
        String former = master(folder.resolve("master.key"));
        bench.keys.changeMaster();

        try (SecretBench other =
                new SecretBench(bench.address, otherFolder, Map.of("MORTISE_MASTER_KEY", former)::get)) {
            assertThat(other.find("mail", "password")).contains(VALUE);
            assertThat(master(otherFolder.resolve("master.key.new"))).isEqualTo(master(folder.resolve("master.key")));
        }
    }

    @Test
    void afterTheEndTheFormerKeyOpensNothing() throws Exception {
        String former = master(folder.resolve("master.key"));
        bench.keys.changeMaster();
        assertThat(bench.keys.isMasterChangeOpen()).isTrue();

        assertThat(bench.keys.finishMasterChange()).isTrue();
        assertThat(bench.keys.finishMasterChange()).isFalse();

        assertThat(bench.keys.isMasterChangeOpen()).isFalse();
        Files.writeString(otherFolder.resolve("master.key"), former);
        assertThatThrownBy(() -> new SecretBench(bench.address, otherFolder))
                .hasMessageContaining("was replaced, and the change is finished");
        restart();
        assertThat(bench.find("mail", "password")).contains(VALUE);
    }

    @Test
    void aLinkThatSomebodyElseWroteIsNotFollowed() throws Exception {
        bench.asOwner("UPDATE mortise.master_key SET retired_at = now()");
        bench.asOwner(
                "INSERT INTO mortise.master_key (check_value, follows, link) SELECT decode(repeat('01', 32), 'hex'),"
                        + " id, decode(repeat('02', 60), 'hex') FROM mortise.master_key");

        assertThatThrownBy(() -> new SecretBench(bench.address, folder)).hasMessageContaining("master key");
    }

    @Test
    void aNewDataKeyPutsAllSecretsUnderIt() throws Exception {
        for (int i = 0; i < 250; i++) {
            bench.put("mail", "secret-" + i, VALUE + i);
        }

        bench.keys.changeDataKey(bench.tenant);
        assertThat(bench.find("mail", "secret-7")).contains(VALUE + 7);
        bench.put("mail", "young", VALUE);
        assertThat(outdated()).isEqualTo("251");
        bench.resealer.start();
        bench.resealer.wake();
        awaitNoneOutdated();

        assertThat(bench.find("mail", "secret-249")).contains(VALUE + 249);
        assertThat(bench.asOwner("SELECT count(DISTINCT key_id) FROM mortise.secret"))
                .isEqualTo("1");
    }

    @Test
    void aResealThatWasKilledInTheMiddleGoesOnWhereItStopped() throws Exception {
        for (int i = 0; i < 250; i++) {
            bench.put("mail", "secret-" + i, VALUE + i);
        }
        bench.keys.changeDataKey(bench.tenant);
        bench.in(Access.WRITE, open -> bench.store.reseal(open, 100));
        assertThatThrownBy(() -> bench.in(Access.WRITE, open -> {
                    bench.store.reseal(open, 100);
                    throw new IllegalStateException("killed");
                }))
                .hasMessageContaining("killed");
        assertThat(outdated()).isEqualTo("151");

        restart();
        bench.resealer.start();
        bench.resealer.wake();
        awaitNoneOutdated();

        assertThat(bench.find("mail", "secret-0")).contains(VALUE + 0);
        assertThat(bench.find("mail", "password")).contains(VALUE);
    }

    @Test
    void secretsThatAreSetWhileTheyAreResealedKeepTheirNewValue() throws Exception {
        bench.resealer.start();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> writer = threads.submit(() -> {
                int count = 0;
                while (!over.get()) {
                    bench.put("mail", "moving", VALUE + ++count);
                    assertThat(bench.find("mail", "moving")).contains(VALUE + count);
                }
                return count;
            });
            for (int i = 0; i < 10; i++) {
                bench.keys.changeDataKey(bench.tenant);
                bench.resealer.wake();
            }
            over.set(true);
            int last = writer.get();
            assertThat(bench.find("mail", "moving")).contains(VALUE + last);
        }
    }

    @Test
    void codesAndSealsOfAFormerDataKeyStayValid() {
        Sealer sealer = bench.keys.sealer(bench.tenant);
        byte[] content = "entry".getBytes(StandardCharsets.UTF_8);
        byte[] mac = sealer.mac(content);
        byte[] sealed = sealer.seal(content, "totp/7");

        bench.keys.changeDataKey(bench.tenant);
        bench.keys.changeMaster();
        restart();

        assertThat(bench.keys.sealer(bench.tenant).isMacOf(mac, content)).isTrue();
        assertThat(bench.keys.sealer(bench.tenant).open(sealed, "totp/7")).isEqualTo(content);
    }

    private String outdated() throws SQLException {
        return String.valueOf(bench.asOwner("SELECT count(*) FROM mortise.secret s JOIN mortise.data_key k ON k.id ="
                + " s.key_id WHERE k.retired_at IS NOT NULL"));
    }

    private void awaitNoneOutdated() throws Exception {
        for (long end = System.nanoTime() + 20_000_000_000L; !outdated().equals("0"); Thread.onSpinWait()) {
            assertThat(System.nanoTime()).as("time until all are resealed").isLessThan(end);
        }
    }
}
