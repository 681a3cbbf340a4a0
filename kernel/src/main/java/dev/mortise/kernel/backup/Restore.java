package dev.mortise.kernel.backup;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a server's database anew from a backup, in one transaction: it is there as a whole, or the database is as empty
 * as before.
 *
 * @since 0.1
 */
public final class Restore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
    private static final int BUFFER = 1 << 16;

    private final ArchiveReader archive;
    private final Progress progress;

    /**
     * Opens a backup and reads it through, so that a damaged one is refused before anything is made.
     *
     * @throws MortiseException with {@code kernel.backup-broken}, {@code kernel.backup-version} or
     *     {@code kernel.backup-storage}
     */
    public Restore(Path file, Progress progress) {
        this.progress = progress;
        this.archive = new ArchiveReader(file);
        try {
            archive.verify(progress);
            if (archive.manifest().readableFrom() > Database.newestMigration()) {
                throw new MortiseException(
                        KernelError.BACKUP_VERSION,
                        "The backup was made by Mortise " + archive.manifest().version()
                                + " and needs kernel migration "
                                + archive.manifest().readableFrom() + "; this version ends at "
                                + Database.newestMigration(),
                        "Restore it with that version of Mortise, or a newer one");
            }
        } catch (RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** Returns what is in the backup. */
    public Manifest manifest() {
        return archive.manifest();
    }

    /** Returns the configuration file of the server that was backed up, empty where it had none. */
    public byte[] configuration() {
        return archive.manifest().part(Backup.CONFIGURATION).isPresent()
                ? archive.bytes(Backup.CONFIGURATION)
                : new byte[0];
    }

    /**
     * Returns the master key's file.
     *
     * @throws MortiseException with {@code kernel.backup-pass-phrase} when the pass phrase is another one
     */
    public byte[] masterKey(String passPhrase) {
        return SealedFile.open(archive.bytes(Backup.MASTER_KEY), passPhrase.toCharArray());
    }

    /**
     * Restores into an empty database, verifies every table, and only then keeps it.
     *
     * @throws MortiseException with {@code kernel.backup-refused} when the database is not empty,
     *     {@code kernel.backup-broken} when what arrived is not what was backed up, or a {@code kernel.database-*}
     *     code; the database is then as it was
     */
    public void into(DatabaseAddress address) {
        try (Connection connection = Database.connectAsOwner(address)) {
            connection.setAutoCommit(true);
            refuseUnlessEmpty(connection);
            Database.ensureServerRole(connection, address, DatabaseOptions.defaults());
            connection.setAutoCommit(false);
            make(connection);
            connection.commit();
        } catch (SQLException e) {
            throw BackupFailure.database("The backup cannot be restored", e);
        }
        LOG.info("Restored {} tables", archive.manifest().tables().size());
    }

    private void refuseUnlessEmpty(Connection connection) throws SQLException {
        List<String> schemas = archive.manifest().tables().stream()
                .map(Manifest.Table::schema)
                .distinct()
                .toList();
        List<String> present = new Catalog(connection, schemas)
                .texts("SELECT nspname FROM pg_namespace WHERE nspname = ANY (?) ORDER BY 1");
        if (!present.isEmpty()) {
            throw BackupFailure.refused(
                    "The database is not empty: it has the schemas " + String.join(", ", present),
                    "Restore into a database, or a data folder, that no server was started with");
        }
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < archive.manifest().postgres()) {
            throw BackupFailure.refused(
                    "The backup came from PostgreSQL " + archive.manifest().postgres() + ", and this is " + major,
                    "Restore into the same major version or a newer one");
        }
    }

    private void make(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL search_path = ''");
        execute(connection, "SET LOCAL check_function_bodies = off");
        execute(connection, "SET LOCAL client_min_messages = error");
        inAnyOrder(connection, archive.statements(Backup.BEFORE));
        int done = 0;
        for (Manifest.Table table : archive.manifest().tables()) {
            long bytes = fill(connection, table);
            verify(connection, table);
            progress.part(
                    "restored " + table.part(),
                    ++done,
                    archive.manifest().tables().size(),
                    bytes);
        }
        for (String statement : archive.statements(Backup.AFTER)) {
            execute(connection, forServer(statement));
        }
        // The nodes of then are not those of now, and nobody holds a lease; tokens go on rising.
        execute(connection, "DELETE FROM mortise.node");
        execute(connection, "UPDATE mortise.lease SET holder = NULL, until = clock_timestamp()");
    }

    private static String forServer(String statement) {
        return statement.replace(
                SchemaStatements.SERVER_ROLE,
                TableRows.quoted(DatabaseOptions.defaults().serverRole()));
    }

    /** Functions, tables and views may need one another: as long as one more succeeds, the rest is tried again. */
    private static void inAnyOrder(Connection connection, List<String> statements) throws SQLException {
        List<String> left = new ArrayList<>(statements);
        while (!left.isEmpty()) {
            List<String> failed = new ArrayList<>();
            SQLException first = null;
            for (String statement : left) {
                Savepoint point = connection.setSavepoint();
                try {
                    execute(connection, forServer(statement));
                    connection.releaseSavepoint(point);
                } catch (SQLException e) {
                    connection.rollback(point);
                    failed.add(statement);
                    first = first == null ? e : first;
                }
            }
            if (failed.size() == left.size() && first != null) {
                throw first;
            }
            left = failed;
        }
    }

    private long fill(Connection connection, Manifest.Table table) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + name(table) + " (" + columns(table) + ") FROM STDIN");
        long bytes = 0;
        try (InputStream rows = archive.open(table.part())) {
            byte[] buffer = new byte[BUFFER];
            for (int length = rows.read(buffer); length >= 0; length = rows.read(buffer)) {
                copy.writeToCopy(buffer, 0, length);
                bytes += length;
            }
            copy.endCopy();
            return bytes;
        } catch (IOException e) {
            throw BackupFailure.broken("The rows of " + table.part() + " cannot be read", e);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void verify(Connection connection, Manifest.Table table) throws SQLException {
        RowDigest digest = new RowDigest();
        try {
            TableRows.copy(
                    connection,
                    "SELECT " + columns(table) + " FROM ONLY " + name(table),
                    digest,
                    OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw BackupFailure.broken("The rows of " + table.part() + " cannot be compared", e);
        }
        if (digest.rows() != table.rows() || !digest.text().equals(table.digest())) {
            throw BackupFailure.broken(
                    "The table " + table.schema() + "." + table.name() + " has " + digest.rows()
                            + " rows after the restore that do not match the " + table.rows() + " of the backup",
                    null);
        }
    }

    private static String name(Manifest.Table table) {
        return TableRows.quoted(table.schema()) + "." + TableRows.quoted(table.name());
    }

    private static String columns(Manifest.Table table) {
        return table.columns().stream().map(TableRows::quoted).collect(Collectors.joining(", "));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        archive.close();
    }
}
