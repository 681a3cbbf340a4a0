package dev.mortise.kernel.backup;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Backs a server up while it runs: readers and writers are not held up, only changes of tables wait.
 *
 * @since 0.1
 */
public final class Backup {
    static final String BEFORE = "schema/before.json";
    static final String AFTER = "schema/after.json";
    static final String CONFIGURATION = "files/mortise.yaml";
    static final String MASTER_KEY = "keys/master.key.sealed";
    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
    /** Longer than a migration that follows the rules holds a table. */
    private static final int LOCK_SECONDS = 10;

    private static final String SCHEMAS = """
            SELECT DISTINCT schema_name FROM mortise.applied_migrations
             WHERE to_regnamespace(quote_ident(schema_name)) IS NOT NULL ORDER BY 1
            """;

    private final DatabaseAddress address;
    private final String serverRole;
    private final Source source;
    private final Progress progress;

    /**
     * What besides the database goes into the backup.
     *
     * @param version the version of Mortise
     * @param configuration the configuration file, where there is one
     * @param masterKey the file of the master key, where it is on this disk
     * @param passPhrase seals the master key; without one it must be asked for that it is left out
     * @param leaveKeysOut whether the master key stays out
     */
    public record Source(
            String version,
            Optional<Path> configuration,
            Optional<Path> masterKey,
            Optional<String> passPhrase,
            boolean leaveKeysOut) {
        /** Tells nothing of the pass phrase. */
        @Override
        public String toString() {
            return "Source of version " + version;
        }
    }

    /** Backs up the database at this address. */
    public Backup(DatabaseAddress address, Source source, Progress progress) {
        this.address = address;
        this.serverRole = DatabaseOptions.defaults().serverRole();
        this.source = source;
        this.progress = progress;
    }

    /**
     * Writes the backup and reads it again before it is put in its place.
     *
     * @return what is in it
     * @throws MortiseException with {@code kernel.backup-*}, or a {@code kernel.database-*} code; no file is left then,
     *     and one that was there stays
     */
    public Manifest write(Path file) {
        Manifest.Keys keys = keys();
        try (ArchiveWriter archive = new ArchiveWriter(file)) {
            Manifest manifest = copy(archive, keys);
            archive.add(Manifest.NAME, out -> out.write(JsonMapper.shared().writeValueAsBytes(manifest)));
            try (ArchiveReader check = new ArchiveReader(archive.complete())) {
                check.verify(progress);
            }
            archive.putInPlace();
            LOG.info("Backed up {} tables to {}", manifest.tables().size(), file);
            return manifest;
        }
    }

    private Manifest.Keys keys() {
        if (source.masterKey().isEmpty()) {
            return Manifest.Keys.ELSEWHERE;
        }
        if (source.leaveKeysOut()) {
            return Manifest.Keys.LEFT_OUT;
        }
        if (source.passPhrase().isEmpty()) {
            throw BackupFailure.refused(
                    "The master key " + source.masterKey().get()
                            + " belongs to the backup, and no pass phrase is given to"
                            + " seal it; without the key, secrets in the backup cannot be opened ever again",
                    "Give a pass phrase with --pass-phrase-file or MORTISE_PASS_PHRASE, or leave the key out with"
                            + " --without-keys and keep it elsewhere");
        }
        return Manifest.Keys.SEALED;
    }

    private Manifest copy(ArchiveWriter archive, Manifest.Keys keys) {
        files(archive, keys);
        try (Connection connection = Database.connectAsOwner(address)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            Manifest manifest = copy(connection, archive, keys);
            connection.rollback();
            return manifest;
        } catch (SQLException e) {
            throw BackupFailure.database("The database cannot be backed up", e);
        }
    }

    private void files(ArchiveWriter archive, Manifest.Keys keys) {
        source.configuration().ifPresent(file -> archive.add(CONFIGURATION, out -> Files.copy(file, out)));
        if (keys == Manifest.Keys.SEALED) {
            byte[] sealed = SealedFile.seal(
                    content(source.masterKey().orElseThrow()),
                    source.passPhrase().orElseThrow().toCharArray());
            archive.add(MASTER_KEY, out -> out.write(sealed));
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw BackupFailure.written("The file " + file + " cannot be read", e);
        }
    }

    private Manifest copy(Connection connection, ArchiveWriter archive, Manifest.Keys keys) throws SQLException {
        execute(connection, "SET LOCAL search_path = ''");
        Catalog catalog = new Catalog(connection, List.of());
        if (catalog.texts("SELECT to_regclass('mortise.applied_migrations')::text")
                .contains(null)) {
            throw BackupFailure.refused(
                    "The database has no Mortise server's tables",
                    "Name the database of a server that was started once");
        }
        Instant at = catalog.query(
                        "SELECT clock_timestamp()", row -> row.getTimestamp(1).toInstant())
                .getFirst();
        List<String> schemas = catalog.texts(SCHEMAS);
        List<TableRows> tables = TableRows.all(connection, schemas);
        execute(connection, "SET LOCAL lock_timeout = '" + LOCK_SECONDS + "s'");
        for (TableRows table : tables) {
            execute(connection, "LOCK TABLE ONLY " + table.quotedName() + " IN ACCESS SHARE MODE");
        }
        SchemaStatements statements = new SchemaReader(connection, schemas).read(address.ownerUser(), serverRole);
        List<String> tenants = catalog.texts("SELECT id FROM mortise.tenant ORDER BY id");
        List<Manifest.Table> copied = new ArrayList<>();
        for (TableRows table : tables) {
            copied.add(copy(connection, archive, table, tenants, copied.size() + 1, tables.size()));
        }
        write(archive, Map.of(BEFORE, statements.before(), AFTER, statements.after()));
        return new Manifest(
                Manifest.FORMAT,
                source.version(),
                at,
                connection.getMetaData().getDatabaseMajorVersion(),
                catalog.query("SELECT readable_from FROM mortise.schema_level", row -> row.getInt(1))
                        .getFirst(),
                copied,
                archive.parts(),
                keys);
    }

    private static void write(ArchiveWriter archive, Map<String, List<String>> statements) {
        statements.forEach((name, list) ->
                archive.add(name, out -> out.write(JsonMapper.shared().writeValueAsBytes(list))));
    }

    private Manifest.Table copy(
            Connection connection, ArchiveWriter archive, TableRows table, List<String> tenants, int number, int of)
            throws SQLException {
        RowDigest digest = new RowDigest();
        SQLException[] failure = new SQLException[1];
        Manifest.Part part = archive.add("data/" + table.schema() + "/" + table.name(), out -> {
            try {
                table.copy(connection, tenants, digest, out);
            } catch (SQLException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        progress.part(part.name(), number, of, part.bytes());
        return new Manifest.Table(table.schema(), table.name(), table.columns(), digest.rows(), digest.text());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
