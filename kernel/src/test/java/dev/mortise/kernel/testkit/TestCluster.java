package dev.mortise.kernel.testkit;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL of one JVM's tests. Its folder is kept between runs: to unpack the programs and to make a cluster
 * takes seconds, to start one that is there takes a tenth of one. Runs at the same time take folders of their own. A
 * folder that cannot be used, as after a power cut without syncing, is thrown away and made anew.
 *
 * <p>The system property {@code mortise.testkit.folder} names another place than {@code ~/.cache/mortise/testkit};
 * {@code off} keeps nothing.
 *
 * @param postgres the server, running
 * @param scratch the folder, when it is to be deleted with the JVM
 */
record TestCluster(EmbeddedPostgres postgres, Optional<Path> scratch) {
    private static final String PLACE = "mortise.testkit.folder";
    private static final int MOST_AT_ONCE = 32;

    static TestCluster start() {
        String place = System.getProperty(PLACE, "");
        if (!place.equals("off")) {
            Path root = place.isEmpty()
                    ? Path.of(System.getProperty("user.home"), ".cache", "mortise", "testkit")
                    : Path.of(place);
            for (int slot = 0; slot < MOST_AT_ONCE && canBeUsed(root); slot++) {
                Optional<EmbeddedPostgres> postgres = inSlot(root.resolve("server-" + slot));
                if (postgres.isPresent()) {
                    return new TestCluster(postgres.get(), Optional.empty());
                }
            }
        }
        try {
            Path folder = Files.createTempDirectory("mortise-test-");
            return new TestCluster(EmbeddedPostgres.start(folder), Optional.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean canBeUsed(Path root) {
        try {
            return Files.isWritable(Files.createDirectories(root));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the server in this folder, or empty when another run has it. */
    private static Optional<EmbeddedPostgres> inSlot(Path folder) {
        try {
            return Optional.of(EmbeddedPostgres.start(folder));
        } catch (MortiseException e) {
            if (e.errorCode() == KernelError.DATABASE_FOLDER_IN_USE) {
                return Optional.empty();
            }
        }
        delete(folder);
        return Optional.of(EmbeddedPostgres.start(folder));
    }

    /** Stops the server. */
    void stop() {
        if (scratch.isPresent()) {
            postgres.abort();
            delete(scratch.get());
        } else {
            postgres.close();
        }
    }

    private static void delete(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
