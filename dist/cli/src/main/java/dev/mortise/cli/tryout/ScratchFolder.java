package dev.mortise.cli.tryout;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A data folder that only one try uses. */
final class ScratchFolder {
    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    static ScratchFolder create() {
        try {
            return new ScratchFolder(Files.createTempDirectory("mortise-try-"));
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.DATA_FOLDER,
                    new Problem(
                            "cli.scratch-folder",
                            "No scratch folder can be made: " + failed.getMessage(),
                            "Make room in the temporary folder, or name another by -Djava.io.tmpdir in MORTISE_JAVA_OPTS",
                            null),
                    failed);
        }
    }

    Path path() {
        return path;
    }

    /** Removes the folder with all that is in it, without following links out of it. */
    void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
