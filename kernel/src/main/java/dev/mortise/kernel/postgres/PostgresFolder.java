package dev.mortise.kernel.postgres;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies where below {@code <data>/postgres}.
 *
 * @param root the folder itself
 */
record PostgresFolder(Path root) {
    static PostgresFolder in(Path dataFolder) throws IOException {
        Path root = dataFolder.toAbsolutePath().normalize().resolve("postgres");
        Files.createDirectories(root);
        return new PostgresFolder(root.toRealPath());
    }

    Path binaries(String version) {
        return root.resolve(version);
    }

    /** The cluster: what PostgreSQL calls its data directory. */
    Path cluster() {
        return root.resolve("cluster");
    }

    Path passwordFile() {
        return root.resolve("superuser.password");
    }

    Path portFile() {
        return root.resolve("port");
    }

    Path logFile() {
        return root.resolve("postgres.log");
    }

    Path scratch(String name) {
        return root.resolve(name + ".tmp");
    }

    /**
     * Takes the folder for this process. The operating system gives it back when the process dies, however it dies.
     *
     * @throws MortiseException with {@code kernel.database-folder-in-use} when another server holds it
     */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new MortiseException(
                    KernelError.DATABASE_FOLDER_IN_USE,
                    "Another running Mortise server uses the data folder " + root.getParent(),
                    "Stop that server, or give this one a data folder of its own");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Removes what earlier starts left half done; call it with the lock held. */
    void removeLeftovers() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry :
                    entries.filter(path -> path.toString().endsWith(".tmp")).toList()) {
                FolderTree.delete(entry);
            }
        }
    }
}
