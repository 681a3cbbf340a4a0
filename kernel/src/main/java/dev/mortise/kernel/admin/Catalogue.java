package dev.mortise.kernel.admin;

import com.github.zafarkhaja.semver.Version;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of plugin jars that can be installed by id; read anew at each call, so that a jar copied in is there at
 * once.
 */
public final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final Comparator<Entry> BY_ID_AND_VERSION =
            Comparator.comparing(Entry::id).thenComparing(entry -> Version.parse(entry.version()));

    private final Path folder;

    /** @param folder need not exist */
    public Catalogue(Path folder) {
        this.folder = folder;
    }

    /**
     * A plugin in the catalogue.
     *
     * @param file the jar's name
     */
    public record Entry(String id, String version, String description, String file, long sizeBytes) {}

    /** Returns all plugins, by id and rising version. Files that are no plugins are left out and logged. */
    public List<Entry> entries() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .forEach(file -> read(file).ifPresent(entries::add));
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_STORAGE,
                    "The catalogue folder " + folder + " cannot be listed: " + e,
                    "Check that the server's user may read it",
                    e);
        }
        entries.sort(BY_ID_AND_VERSION);
        return entries;
    }

    /**
     * Returns the jar of a plugin.
     *
     * @param version empty for the newest
     * @throws MortiseException with {@code kernel.catalogue-unknown}
     */
    public Path find(String id, Optional<String> version) {
        List<Entry> versions =
                entries().stream().filter(entry -> entry.id().equals(id)).toList();
        return versions.stream()
                .filter(entry -> version.isEmpty() || version.get().equals(entry.version()))
                .reduce((older, newer) -> newer)
                .map(entry -> folder.resolve(entry.file()))
                .orElseThrow(() -> unknown(id, version, versions));
    }

    private MortiseException unknown(String id, Optional<String> version, List<Entry> versions) {
        String known = versions.isEmpty()
                ? "it has " + entries().stream().map(Entry::id).distinct().toList()
                : "it has the versions " + versions.stream().map(Entry::version).toList();
        return new MortiseException(
                KernelError.CATALOGUE_UNKNOWN,
                "The catalogue has no plugin " + id
                        + version.map(text -> " " + text).orElse("") + "; " + known,
                "Choose one of these, copy the jar into " + folder + ", or give the path of a jar");
    }

    private static Optional<Entry> read(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getManifest() == null) {
                return Optional.empty();
            }
            Attributes headers = jar.getManifest().getMainAttributes();
            String id = headers.getValue("Plugin-Id");
            String version = headers.getValue("Plugin-Version");
            if (id == null || version == null || Version.tryParse(version).isEmpty()) {
                return Optional.empty();
            }
            String description = headers.getValue("Plugin-Description");
            return Optional.of(new Entry(
                    id,
                    version,
                    description == null ? "" : description,
                    String.valueOf(file.getFileName()),
                    Files.size(file)));
        } catch (IOException | SecurityException e) {
            LOG.warn("The file {} in the catalogue cannot be read and is left out: {}", file, e.toString());
            return Optional.empty();
        }
    }
}
