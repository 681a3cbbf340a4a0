package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The data folder: whether it can be written, has room, and is not used by another server. */
final class DataFolderCheck {
    private static final long ROOM_NEEDED = 300L << 20;
    private static final long ROOM_WANTED = 2L << 30;

    private final Path folder;

    DataFolderCheck(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Finding folder() {
        Path existing = existing();
        if (!Files.isDirectory(existing)) {
            return Finding.fail(
                    "data", existing + " is not a folder", "Choose another with --data", ExitCode.DATA_FOLDER);
        }
        if (!Files.isWritable(existing)) {
            return Finding.fail(
                    "data",
                    existing + " cannot be written by " + System.getProperty("user.name"),
                    "Change its owner, or choose another with --data or MORTISE_DATA",
                    ExitCode.DATA_FOLDER);
        }
        return existing.equals(folder)
                ? Finding.ok(
                        "data",
                        folder
                                + runningServer()
                                        .map(server -> ", in use by " + server)
                                        .orElse(""))
                : Finding.ok("data", folder + " will be created at the first start");
    }

    Finding room() {
        try {
            FileStore store = Files.getFileStore(existing());
            long free = store.getUsableSpace();
            String found = MachineChecks.gigabytes(free) + " free on " + store;
            if (free < ROOM_NEEDED) {
                return Finding.fail(
                        "disk", found, "Make room; a new database alone takes 0.2 GB", ExitCode.DATA_FOLDER);
            }
            return free < ROOM_WANTED
                    ? Finding.warn("disk", found, "Make room before it is full")
                    : Finding.ok("disk", found);
        } catch (IOException unknown) {
            return Finding.warn("disk", "cannot be asked for its room: " + unknown.getMessage(), "Check the disk");
        }
    }

    /** Returns the server that works in the folder at the moment, as its file says and the process list confirms. */
    Optional<String> runningServer() {
        try {
            JsonNode server = JsonMapper.shared().readTree(Files.readString(folder.resolve("server.json")));
            long pid = server.path("pid").asLong(0);
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(alive -> "the server at " + server.path("url").asString("?") + " (process " + pid + ")");
        } catch (IOException | JacksonException none) {
            return Optional.empty();
        }
    }

    private Path existing() {
        Path path = folder;
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
