package dev.mortise.cli.plugin.dev;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file for the jar on its way to the server.
 *
 * @param jar where it lies
 */
record DevScratch(Path jar) implements AutoCloseable {
    static DevScratch create() {
        try {
            return new DevScratch(Files.createTempFile("mortise-dev-", ".jar"));
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.scratch-folder",
                            "No temporary file can be made: " + failed.getMessage(),
                            "Make room in the temporary folder, or name another by -Djava.io.tmpdir in MORTISE_JAVA_OPTS",
                            null),
                    failed);
        }
    }

    @Override
    public void close() {
        // Where it cannot be deleted, the temporary folder's own cleaning will.
        var _ = jar.toFile().delete();
    }
}
