package dev.mortise.kernel.postgres;

import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A data folder for one test; it borrows the unpacked binaries of the shared server, which saves a second each. */
final class ScratchData implements AutoCloseable {
    private final Path folder;

    ScratchData() throws IOException {
        this.folder = Files.createTempDirectory("mortise-data-");
        borrowBinaries(folder);
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
}
