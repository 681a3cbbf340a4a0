package dev.mortise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K5")
class DataFolderTest {
    @TempDir
    Path root;

    @Test
    void aFolderIsHeldByOneServerAtATime() {
        try (DataFolder held = DataFolder.open(root)) {
            assertThatThrownBy(() -> DataFolder.open(held.root()))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).isEqualTo(KernelError.DATA_LOCKED))
                    .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aLockFileThatADeadServerLeftIsNoObstacle() throws Exception {
        Files.writeString(root.resolve("mortise.lock"), "4194304\n");

        try (DataFolder folder = DataFolder.open(root)) {
            assertThat(folder.root()).isEqualTo(root);
        }
    }

    @Test
    void aFolderOfAnotherLayoutIsRefusedAndLeftAsItIs() throws Exception {
        Files.writeString(root.resolve("layout"), "7\n");
        Files.createDirectories(root.resolve("work/kept"));

        assertThatThrownBy(() -> DataFolder.open(root))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(KernelError.DATA_VERSION))
                .hasMessageContaining("layout 7");
        assertThat(root.resolve("work/kept")).exists();
    }

    @Test
    void whatTheLastRunLeftInTheWorkFolderIsCleared() throws Exception {
        Files.createDirectories(root.resolve("work/left-over"));

        try (DataFolder folder = DataFolder.open(root)) {
            assertThat(folder.work()).isEmptyDirectory();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(KernelError.DATA_STORAGE))
                .hasMessageContaining("file");
    }
}
