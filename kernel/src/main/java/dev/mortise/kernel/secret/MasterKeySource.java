package dev.mortise.kernel.secret;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where this node's master key comes from: {@code MORTISE_MASTER_KEY}, or the file that {@code MORTISE_MASTER_KEY_FILE}
 * names, or {@code master.key} in the data folder, in this order.
 */
record MasterKeySource(Path dataFolder, Function<String, @Nullable String> environment) {
    private static final String VARIABLE = "MORTISE_MASTER_KEY";
    private static final String FILE_VARIABLE = "MORTISE_MASTER_KEY_FILE";

    /** Returns the key that was given to this node, or empty where none was. */
    Optional<MasterKey> find() {
        String text = environment.apply(VARIABLE);
        if (text != null && !text.isBlank()) {
            return Optional.of(MasterKey.parse(text, VARIABLE));
        }
        String named = environment.apply(FILE_VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(read(Path.of(named)));
        }
        return Files.exists(ownFile()) ? Optional.of(read(ownFile())) : Optional.empty();
    }

    Path ownFile() {
        return dataFolder.resolve("master.key");
    }

    /** Makes a key and the file for it, readable by the server's user alone. */
    MasterKey create() {
        MasterKey key = MasterKey.random();
        store(ownFile(), key);
        return key;
    }

    /**
     * Puts a new key in the place of the former one: into the file {@code master.key} where that is in use, else into
     * {@code master.key.new}, for the operator to bring to where this node is given its key.
     *
     * @return the file that has it
     */
    Path replace(MasterKey key) {
        boolean isGiven = isSet(VARIABLE) || isSet(FILE_VARIABLE);
        Path file = isGiven ? dataFolder.resolve("master.key.new") : ownFile();
        store(file, key);
        return file;
    }

    private boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isBlank();
    }

    static void store(Path file, MasterKey key) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            boolean posix =
                    Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
            if (posix) {
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(fresh);
            }
            try (var channel = java.nio.channels.FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
                channel.write(java.nio.charset.StandardCharsets.US_ASCII.encode(key.text() + "\n"));
                // The database will depend on this key from the next step on.
                channel.force(true);
            }
            Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.MASTER_KEY,
                    "The master key cannot be written to " + file + ": " + e,
                    "Check that the server's user may write there and that the disk has room",
                    e);
        }
    }

    private static MasterKey read(Path file) {
        try {
            return MasterKey.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.MASTER_KEY,
                    "The master key file " + file + " cannot be read: " + e,
                    "Check that the file is there and that the server's user may read it",
                    e);
        }
    }
}
