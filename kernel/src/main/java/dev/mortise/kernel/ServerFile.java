package dev.mortise.kernel;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells other programs on this machine, the command line above all, how to reach the running server.
 *
 * @param url where it listens
 * @param pid its process id
 */
record ServerFile(String url, long pid, String version, Instant startedAt) {
    AutoCloseable write(Path file) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, JsonMapper.shared().writeValueAsString(this));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.DATA_STORAGE,
                    "The file " + file + " cannot be written: " + e,
                    "Check that the disk has room and that the server's user may write there",
                    e);
        }
        return () -> Files.deleteIfExists(file);
    }
}
