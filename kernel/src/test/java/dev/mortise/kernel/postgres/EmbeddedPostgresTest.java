package dev.mortise.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starting and stopping in one JVM. */
@Tag("K5")
class EmbeddedPostgresTest {
    private final ScratchData data;

    EmbeddedPostgresTest() throws IOException {
        data = new ScratchData();
    }

    @AfterEach
    void delete() throws IOException {
        data.close();
    }

    @Test
    void aRestartKeepsDataAndAddress() throws SQLException {
        DatabaseAddress address;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            ScratchData.ask(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            address = postgres.address();
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(ScratchData.ask(postgres, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(postgres.address()).isEqualTo(address);
        }
    }

    @Test
    void itIsSafeByDefault() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(ScratchData.ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ScratchData.ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ScratchData.ask(postgres, "SHOW data_checksums")).isEqualTo("on");
            assertThat(ScratchData.ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ScratchData.ask(postgres, "SHOW unix_socket_directories"))
                    .isEmpty();
            assertThat(ScratchData.ask(postgres, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void itRefusesAWrongPassword() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            DatabaseAddress right = postgres.address();
            DatabaseAddress wrong = new DatabaseAddress(right.jdbcUrl(), right.ownerUser(), "guess");

            assertThatThrownBy(() -> TestDatabase.connect(wrong))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void onlyTheServersUserCanReadThePassword() throws IOException {

        Path file = data.folder().resolve("postgres/superuser.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theOwnerIsNoSuperuser() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(ScratchData.ask(
                            postgres, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'mortise_owner'"))
                    .isEqualTo("f");
        }
    }

    @Test
    void aSecondServerOnTheSameFolderIsRefused() {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(data.folder())) {
            assertRefused(KernelError.DATABASE_FOLDER_IN_USE, "Another running Mortise server");
            assertThat(first.isRunning()).isTrue();
        }
    }

    @Test
    void aServerThatIsKilledIsStartedAgainOnItsPortWithWhatItHad() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            ScratchData.ask(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            DatabaseAddress address = postgres.address();
            long killed = postgres.pid();

            ServerProcess.signal(killed, "KILL");

            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (postgres.pid() == killed && System.nanoTime() < deadline) {
                ServerProcess.pause();
            }
            assertThat(postgres.pid()).isNotEqualTo(killed);
            assertThat(postgres.address()).isEqualTo(address);
            assertThat(ScratchData.ask(postgres, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aTakenPortIsReplacedByAFreeOne() throws IOException {
        int port = Integer.parseInt(
                Files.readString(data.folder().resolve("postgres/port")).strip());

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(postgres.address().jdbcUrl()).doesNotContain(":" + taken.getLocalPort() + "/");
        }
    }

    @Test
    void aFolderOfAnotherMajorVersionIsRefusedUntouched() throws IOException {
        Files.writeString(data.cluster().resolve("PG_VERSION"), "17\n");

        assertRefused(KernelError.DATABASE_VERSION_UNSUPPORTED, "was made by PostgreSQL 17");
        assertThat(data.cluster().resolve("base")).exists();
    }

    @Test
    void aFolderThatIsNoClusterIsRefusedUntouched() throws IOException {
        Files.delete(data.cluster().resolve("PG_VERSION"));
        Files.writeString(data.cluster().resolve("mine.txt"), "keep");

        assertRefused(KernelError.DATABASE_FOLDER_CORRUPT, "has no PG_VERSION");
        assertThat(data.cluster().resolve("mine.txt")).hasContent("keep");
    }

    @Test
    void aDamagedClusterIsReportedInPostgresqlsWords() throws IOException {
        Path control = data.cluster().resolve("global/pg_control");
        byte[] bytes = Files.readAllBytes(control);
        bytes[40] ^= 0x55;
        Files.write(control, bytes);

        assertRefused(KernelError.DATABASE_FOLDER_CORRUPT, "FATAL");
    }

    @Test
    void aWrongSettingOfTheOperatorIsQuoted() throws IOException {
        Files.writeString(data.cluster().resolve("postgresql.auto.conf"), "no_such_setting = 1\n");

        assertRefused(KernelError.DATABASE_START_FAILED, "no_such_setting");
    }

    @Test
    void whatAKilledFirstStartLeftIsCleanedUp() throws IOException {
        Path half = data.folder().resolve("postgres/cluster.tmp");
        Files.move(data.cluster(), half);

        EmbeddedPostgres.start(data.folder()).close();

        assertThat(half).doesNotExist();
    }

    @Test
    void anUnsupportedPlatformIsToldAboutTheExternalDatabase() {
        assertThatThrownBy(() -> PostgresBinaries.archiveName("Windows 11", "amd64"))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.DATABASE_PLATFORM_UNSUPPORTED);
                    assertThat(e.remedy()).contains("MORTISE_DATABASE_URL");
                });
    }

    private void assertRefused(KernelError error, String words) {
        assertThatThrownBy(() -> EmbeddedPostgres.start(data.folder()).close())
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).as(e.describe()).isEqualTo(error);
                    assertThat(e).hasMessageContaining(words);
                });
    }
}
