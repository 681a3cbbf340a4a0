package dev.mortise.kernel.lifecycle;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The installed plugins on disk: {@code <id>/<version>.jar} and {@code <id>/active.json}. Every change of a file is a
 * rename, so that a crash leaves the former state or the new one.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
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

    /** Returns the installed plugins, in order of id; one whose state is damaged does not hide the others. */
    List<Pointer> pointers() {
        return ids().stream().map(this::pointer).flatMap(Optional::stream).toList();
    }

    /** Returns the installed plugins with their jars, without those whose jar is missing. */
    List<ShelvedPlugin> plugins() {
        return pointers().stream()
                .filter(pointer -> Files.isRegularFile(jar(pointer.id(), pointer.active())))
                .map(this::plugin)
                .toList();
    }

    private ShelvedPlugin plugin(Pointer pointer) {
        Path jar = jar(pointer.id(), pointer.active());
        String sha512 = pointer.sha512() == null ? digest(jar) : pointer.sha512();
        return new ShelvedPlugin(
                new Wanted(pointer.id(), pointer.active(), pointer.previous(), pointer.stopped(), sha512, 0),
                jar,
                jar(pointer.id(), pointer.previous()));
    }

    /** Returns the plugins that have a state that cannot be read. */
    List<String> damaged() {
        return ids().stream().filter(id -> pointer(id).isEmpty()).toList();
    }

    private List<String> ids() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(POINTER)))
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw storage("The installed plugins in " + folder + " cannot be listed", e);
        }
    }

    private Optional<Pointer> pointer(String id) {
        Path file = folder.resolve(id).resolve(POINTER);
        try {
            Pointer pointer = json.readValue(Files.readString(file), Pointer.class);
            return pointer != null && id.equals(pointer.id()) ? Optional.of(pointer) : Optional.empty();
        } catch (IOException | JacksonException e) {
            LOG.warn("The file {} is damaged: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Brings the jar in from elsewhere, unless a whole one is here. */
    void ensure(Wanted wanted, JarSource jars) {
        if (!isWhole(wanted)) {
            bring(wanted.id(), wanted.version(), jars);
        }
    }

    boolean isWhole(Wanted wanted) {
        Path jar = jar(wanted.id(), wanted.version());
        return Files.isRegularFile(jar) && digest(jar).equals(wanted.sha512());
    }

    /** Brings a jar in from elsewhere, unless one is here. */
    void bringIfMissing(String id, String version, JarSource jars) {
        if (!Files.isRegularFile(jar(id, version))) {
            bring(id, version, jars);
        }
    }

    /** Brings a jar in from elsewhere, in place of what is here. */
    void bring(String id, String version, JarSource jars) {
        try {
            Path staged = Files.createTempFile(folder.resolve(STAGING), "plugin-", ".jar");
            try {
                jars.copy(id, version, staged);
                keep(staged, new PluginInfo(id, version));
            } finally {
                Files.deleteIfExists(staged);
            }
        } catch (IOException e) {
            throw storage("The plugin " + id + " " + version + " cannot be brought to " + folder, e);
        }
    }

    /** Returns the SHA-512 of a file, in lower-case hex. */
    static String digest(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] buffer = new byte[64 * 1024];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw storage("The file " + file + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-512", e);
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
     * @param sha512 the digest of the active version's jar; null in what an older version of Mortise wrote
     */
    record Pointer(
            String id,
            String active,
            String previous,
            boolean stopped,
            @Nullable String sha512) {
        /** Returns a pointer that says whether an administrator stopped the plugin. */
        Pointer withStopped(boolean now) {
            return new Pointer(id, active, previous, now, sha512);
        }

        /** Returns a pointer whose two versions have changed places; the digest is the other version's. */
        Pointer swapped(String otherSha512) {
            return new Pointer(id, /* active= */ previous, /* previous= */ active, false, otherSha512);
        }
    }
}
