package dev.mortise.cli.server;

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

/**
 * A data folder that one command uses, and that is gone afterwards.
 *
 * @since 0.1
 */
public final class ScratchFolder implements AutoCloseable {
    private final Path path;
    private volatile boolean isKept;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder below the temporary folder.
     *
     * @param prefix how its name begins
     * @throws CliException when there is no room or no right to
     */
    public static ScratchFolder create(String prefix) {
        try {
            return new ScratchFolder(Files.createTempDirectory(prefix));
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

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Lets the folder stay. */
    public void keep() {
        isKept = true;
    }

    /** Returns whether the folder stays. */
    public boolean isKept() {
        return isKept;
    }

    /** Removes the folder with all that is in it, without following links out of it; unless it is kept. */
    @Override
    public void close() {
        if (isKept) {
            return;
        }
        try {
            delete();
        } catch (IOException left) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.scratch-folder-left",
                            "The scratch folder " + path + " could not be removed: " + left.getMessage(),
                            "Remove it by hand",
                            null),
                    left);
        }
    }

    private void delete() throws IOException {
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
