package dev.mortise.kernel.lifecycle;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The installed plugins on disk: {@code <id>/<version>.jar} and {@code <id>/active.json}. Every change of a file is a
 * rename, so that a crash leaves the former state or the new one.
 */
final class Shelf {
    private static final String POINTER = "active.json";
    private static final String STAGING = ".staging";

    private final Path folder;
    private final JsonMapper json;

    Shelf(Path folder, JsonMapper json) {
        this.folder = folder;
        this.json = json;
        try {
            FolderTree.delete(folder.resolve(STAGING));
            Files.createDirectories(folder.resolve(STAGING));
        } catch (IOException e) {
            throw storage("The plugins' folder " + folder + " cannot be prepared", e);
        }
    }

    /** Returns the installed plugins, in order of id. */
    List<Pointer> pointers() {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.map(entry -> entry.resolve(POINTER))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            List<Pointer> pointers = new ArrayList<>();
            for (Path file : files) {
                pointers.add(json.readValue(Files.readString(file), Pointer.class));
            }
            return pointers;
        } catch (IOException | JacksonException e) {
            throw storage("The installed plugins in " + folder + " cannot be listed", e);
        }
    }

    /** Copies a jar in, under a name that nothing refers to yet. */
    Path stage(Path jar) {
        try {
            Path staged = Files.createTempFile(folder.resolve(STAGING), "plugin-", ".jar");
            try {
                return Files.copy(jar, staged, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(staged);
                throw e;
            }
        } catch (IOException e) {
            throw storage("The plugin " + jar.getFileName() + " cannot be copied to " + folder, e);
        }
    }

    /** Makes a staged jar the jar of its version. */
    void keep(Path staged, PluginInfo plugin) {
        Path jar = jar(plugin.id(), plugin.version());
        try {
            Files.createDirectories(jar.getParent());
            Files.move(staged, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw storage("The plugin " + plugin + " cannot be stored in " + folder, e);
        }
    }

    /** Drops a staged jar that is not kept. */
    void discard(Path staged) {
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw storage("The file " + staged + " cannot be deleted", e);
        }
    }

    /** Records which version is active; versions that it does not name are deleted. */
    void point(Pointer pointer) {
        Path file = folder.resolve(pointer.id()).resolve(POINTER);
        try {
            Path fresh = Files.createTempFile(folder.resolve(STAGING), "pointer-", ".json");
            Files.writeString(fresh, json.writeValueAsString(pointer));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            deleteOthers(pointer);
        } catch (IOException e) {
            throw storage("The state of the plugin " + pointer.id() + " cannot be written to " + file, e);
        }
    }

    private void deleteOthers(Pointer pointer) throws IOException {
        Set<String> kept = Set.of(POINTER, pointer.active() + ".jar", pointer.previous() + ".jar");
        try (Stream<Path> files = Files.list(folder.resolve(pointer.id()))) {
            for (Path file : files.filter(each -> !kept.contains(String.valueOf(each.getFileName())))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Deletes a plugin's jars and its state. */
    void remove(String id) {
        try {
            // The pointer first: without it the plugin counts as not installed, whatever else is still there.
            Files.deleteIfExists(folder.resolve(id).resolve(POINTER));
            FolderTree.delete(folder.resolve(id));
        } catch (IOException e) {
            throw storage("The plugin " + id + " cannot be deleted from " + folder, e);
        }
    }

    Path jar(String id, String version) {
        return folder.resolve(id).resolve(version + ".jar");
    }

    private static MortiseException storage(String what, Exception cause) {
        return new MortiseException(
                KernelError.PLUGIN_STORAGE,
                what + ": " + cause,
                "Check that the disk has room and that the server may write there; `mortise doctor` shows both",
                cause);
    }

    /**
     * Which versions of a plugin matter.
     *
     * @param id the plugin
     * @param active the version in use
     * @param previous the version to roll back to, or empty
     * @param stopped whether an administrator stopped it
     */
    record Pointer(String id, String active, String previous, boolean stopped) {
        /** Returns a pointer that says whether an administrator stopped the plugin. */
        Pointer withStopped(boolean now) {
            return new Pointer(id, active, previous, now);
        }

        /** Returns a pointer whose two versions have changed places. */
        Pointer swapped() {
            return new Pointer(id, /* active= */ previous, /* previous= */ active, false);
        }
    }
}
