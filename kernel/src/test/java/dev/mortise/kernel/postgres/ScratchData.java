package dev.mortise.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A data folder for one test, with a cluster that was started once and stopped; a copy of one that is made once. */
final class ScratchData implements AutoCloseable {
    private final Path folder;

    ScratchData() throws IOException {
        this.folder = Files.createTempDirectory("mortise-data-");
        copy(Made.FOLDER.resolve("postgres"), folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                            .start()
                            .waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Path cluster() {
        return folder.resolve("postgres/cluster");
    }

    static void borrowBinaries(Path data) throws IOException {
        Path shared = TestDatabase.server().logFile().resolveSibling(version());
        Files.createDirectories(data.resolve("postgres"));
        Files.createSymbolicLink(data.resolve("postgres").resolve(version()), shared);
    }

    static String version() throws IOException {
        Path home = TestDatabase.server().logFile().getParent();
        try (var entries = Files.list(home)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("[0-9.]+"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Runs one statement as the superuser and returns the first column of its first row, or "". */
    static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(postgres.administrator());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    @Override
    public void close() throws IOException {
        FolderTree.delete(folder);
    }

    /** Made at the first use, gone with the JVM. */
    private static final class Made {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("mortise-made-");
                borrowBinaries(folder);
                EmbeddedPostgres.start(folder).close();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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
}
