package dev.mortise.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K7")
class ChecksTest {
    @Test
    void thisMachineCanRunMortise() {
        assertThat(MachineChecks.all())
                .allSatisfy(check -> assertThat(check.look().level()).isNotEqualTo(Level.FAIL));
    }

    @Test
    void aPortThatSomethingElseUsesIsAFailureWithTheExitCodeOfPorts() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding = new PortCheck("127.0.0.1", other.getLocalPort()).look();

            assertThat(finding.exitCode()).isEqualTo(ExitCode.PORT);
            assertThat(finding.remedy()).contains("--port");
        }
    }

    @Test
    void aDataFolderThatIsAFileIsAFailure(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "");

        assertThat(new DataFolderCheck(file).folder().exitCode()).isEqualTo(ExitCode.DATA_FOLDER);
    }

    @Test
    void aDataFolderThatIsNotThereYetIsFine(@TempDir Path folder) {
        Finding finding = new DataFolderCheck(folder.resolve("not/yet")).folder();

        assertThat(finding.level()).isEqualTo(Level.OK);
        assertThat(finding.text()).contains("will be created");
    }

    @Test
    void anEntryOfADeadServerIsNotTakenForARunningOne(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("server.json"), "{\"url\":\"http://127.0.0.1:1\",\"pid\":999999999}");

        assertThat(new DataFolderCheck(folder).runningServer()).isEmpty();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAFailureThatNeverShowsThePassword() {
        Finding finding = new DatabaseChecks("postgresql://me:secret@127.0.0.1:1/mortise").look();

        assertThat(finding.exitCode()).isEqualTo(ExitCode.DATABASE);
        assertThat(finding.text()).doesNotContain("secret");
    }
}
