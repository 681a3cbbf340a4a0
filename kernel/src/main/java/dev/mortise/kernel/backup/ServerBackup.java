package dev.mortise.kernel.backup;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.config.ServerConfiguration;
import dev.mortise.kernel.data.DataFolder;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Backup and restore of a whole server, as its configuration names it: database, configuration, keys.
 *
 * @since 0.1
 */
public final class ServerBackup {
    private static final String MASTER_KEY = "master.key";
    private static final String KEY_VARIABLE = "MORTISE_MASTER_KEY";
    private static final String KEY_FILE_VARIABLE = "MORTISE_MASTER_KEY_FILE";

    private final ServerConfiguration configuration;
    private final Function<String, @Nullable String> environment;
    private final Progress progress;

    /**
     * @param environment the environment variables, which may name the master key
     * @param progress is told of every part
     */
    public ServerBackup(
            ServerConfiguration configuration, Function<String, @Nullable String> environment, Progress progress) {
        this.configuration = configuration;
        this.environment = environment;
        this.progress = progress;
    }

    /**
     * Backs the server up, running or not.
     *
     * @param configurationFile the file that it was started with; null where there is none
     * @param passPhrase seals the master key
     * @param leaveKeysOut whether the master key stays out of the backup
     * @throws MortiseException as {@link Backup#write}
     */
    public Manifest backup(
            Path target,
            String version,
            @Nullable Path configurationFile,
            Optional<String> passPhrase,
            boolean leaveKeysOut) {
        Backup.Source source = new Backup.Source(
                version, Optional.ofNullable(configurationFile), masterKeyFile(), passPhrase, leaveKeysOut);
        Optional<DatabaseAddress> there = configuration
                .databaseUrl()
                .map(DatabaseAddress::parse)
                .or(() -> EmbeddedPostgres.running(configuration.data()));
        if (there.isPresent()) {
            return new Backup(there.get(), source, progress).write(target);
        }
        if (!Files.isDirectory(configuration.data().resolve("postgres"))) {
            throw BackupFailure.refused(
                    "There is no server's database in " + configuration.data(),
                    "Name the server's data folder with --data, or its database with MORTISE_DATABASE_URL");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(configuration.data())) {
            return new Backup(postgres.address(), source, progress).write(target);
        }
    }

    private Optional<Path> masterKeyFile() {
        if (isSet(KEY_VARIABLE)) {
            return Optional.empty();
        }
        String named = environment.apply(KEY_FILE_VARIABLE);
        Path file = isSet(KEY_FILE_VARIABLE) && named != null
                ? Path.of(named)
                : configuration.data().resolve(MASTER_KEY);
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    private boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isBlank();
    }

    /**
     * Makes the server anew from a backup. Nothing may be there yet; when it fails nothing is there again.
     *
     * @param passPhrase opens the master key in the backup
     * @param leaveKeysOut whether the master key is put in place by somebody else
     * @throws MortiseException as {@link Restore#Restore} and {@link Restore#into}
     */
    public Manifest restore(Path backup, Optional<String> passPhrase, boolean leaveKeysOut) {
        try (Restore restore = new Restore(backup, progress)) {
            byte[] key = key(restore, passPhrase, leaveKeysOut);
            try (DataFolder data = DataFolder.open(configuration.data())) {
                refuseUnlessEmpty(data.root());
                try {
                    write(data.root(), restore, key);
                    restoreDatabase(data.root(), restore);
                } catch (RuntimeException e) {
                    undo(data.root(), e);
                    throw e;
                }
            }
            return restore.manifest();
        }
    }

    private static byte[] key(Restore restore, Optional<String> passPhrase, boolean leaveKeysOut) {
        if (restore.manifest().keys() != Manifest.Keys.SEALED || leaveKeysOut) {
            return new byte[0];
        }
        return restore.masterKey(passPhrase.orElseThrow(() -> BackupFailure.refused(
                "The backup holds the master key, sealed by a pass phrase, and none is given",
                "Give it with --pass-phrase-file or MORTISE_PASS_PHRASE, or use --without-keys and put the master key in"
                        + " place yourself")));
    }

    private static void refuseUnlessEmpty(Path root) {
        for (String name : new String[] {"postgres/cluster", "plugins", MASTER_KEY}) {
            if (Files.exists(root.resolve(name))) {
                throw BackupFailure.refused(
                        "The data folder " + root + " is not empty: it has " + name,
                        "Restore into a new data folder, named with --data");
            }
        }
    }

    private static void write(Path root, Restore restore, byte[] key) {
        try {
            byte[] configuration = restore.configuration();
            if (configuration.length > 0) {
                writeSecret(root.resolve("restored-mortise.yaml"), configuration);
            }
            if (key.length > 0) {
                writeSecret(root.resolve(MASTER_KEY), key);
            }
        } catch (IOException e) {
            throw BackupFailure.written("The data folder " + root + " cannot be written", e);
        }
    }

    private static void writeSecret(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    }

    private void restoreDatabase(Path root, Restore restore) {
        Optional<String> url = configuration.databaseUrl();
        if (url.isPresent()) {
            restore.into(DatabaseAddress.parse(url.get()));
            return;
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(root)) {
            restore.into(postgres.address());
        }
    }

    private void undo(Path root, RuntimeException failure) {
        try {
            Files.deleteIfExists(root.resolve(MASTER_KEY));
            Files.deleteIfExists(root.resolve("restored-mortise.yaml"));
            if (configuration.databaseUrl().isEmpty()) {
                FolderTree.delete(root.resolve("postgres"));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
