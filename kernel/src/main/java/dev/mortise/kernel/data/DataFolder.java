package dev.mortise.kernel.data;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data folder, held by this server alone. The lock is the operating system's, on the file {@code mortise.lock}: it
 * ends with the process that holds it, so that a lock is never stale; the process id in the file is for people.
 */
public final class DataFolder implements AutoCloseable {
    /** The layout that this version writes; a higher one was written by a newer version. */
    static final int LAYOUT = 1;

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder, making it where it is missing.
     *
     * @throws MortiseException with {@code kernel.data-locked}, {@code kernel.data-version} or
     *     {@code kernel.data-storage}
     */
    public static DataFolder open(Path root) {
        try {
            Files.createDirectories(root);
            DataFolder folder = new DataFolder(root, lock(root));
            try {
                folder.checkLayout();
                FolderTree.delete(folder.work());
                Files.createDirectories(folder.work());
                return folder;
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.DATA_STORAGE,
                    "The data folder " + root + " cannot be used: " + e,
                    "Check that the server's user may write there and that the disk has room, or choose another folder with"
                            + " --data",
                    e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("mortise.lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new MortiseException(
                        KernelError.DATA_LOCKED,
                        "The data folder " + root + " is in use by the process "
                                + Files.readString(file, StandardCharsets.UTF_8).strip(),
                        "Stop that server first, or choose another folder with --data");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Held by another server in this very JVM, as tests have it.
        }
    }

    private void checkLayout() throws IOException {
        Path file = root.resolve("layout");
        if (!Files.exists(file)) {
            Path fresh = root.resolve("layout.new");
            Files.writeString(fresh, LAYOUT + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        String text = Files.readString(file).strip();
        if (!text.equals(String.valueOf(LAYOUT))) {
            throw new MortiseException(
                    KernelError.DATA_VERSION,
                    "The data folder " + root + " has the layout " + text + ", this version of Mortise knows " + LAYOUT,
                    "Run the version of Mortise that wrote it, or choose another folder with --data");
        }
    }

    /** Returns the folder itself. */
    public Path root() {
        return root;
    }

    /** Returns where installed plugins are kept. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** Returns where things are kept that end with this run; emptied at start. */
    public Path work() {
        return root.resolve("work");
    }

    /** Returns the file that tells other programs on this machine how to reach the running server. */
    public Path serverFile() {
        return root.resolve("server.json");
    }

    /** Returns why the folder's disk has too little room for more work, or empty. */
    public Optional<String> roomProblem(long leastFreeBytes) {
        long free = root.toFile().getUsableSpace();
        return free < leastFreeBytes
                ? Optional.of("the disk of the data folder has less than " + (leastFreeBytes >> 20) + " MiB left")
                : Optional.empty();
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.DATA_STORAGE,
                    "The lock on " + root + " cannot be given back: " + e,
                    "It ends with this process in any case",
                    e);
        }
    }
}
