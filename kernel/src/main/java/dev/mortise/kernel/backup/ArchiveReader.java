package dev.mortise.kernel.backup;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads an archive, and says of a damaged one what is wrong with it. */
final class ArchiveReader implements AutoCloseable {
    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    ArchiveReader(Path file) {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new MortiseException(
                    KernelError.BACKUP_STORAGE, "There is no file " + file, "Check the path of the backup");
        }
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (IOException e) {
            throw BackupFailure.broken(file + " is no backup, or is cut off: " + e.getMessage(), e);
        }
        try {
            this.manifest = readManifest();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Manifest readManifest() {
        JsonMapper json = JsonMapper.shared();
        byte[] content = bytes(Manifest.NAME);
        try {
            int format = json.readTree(content).path("format").asInt(0);
            if (format > Manifest.FORMAT) {
                throw new MortiseException(
                        KernelError.BACKUP_VERSION,
                        "The backup " + file + " has the format " + format
                                + ", and this version of Mortise reads up to " + Manifest.FORMAT,
                        "Restore it with the version of Mortise that made it, or a newer one");
            }
            return json.readValue(content, Manifest.class);
        } catch (JacksonException e) {
            throw BackupFailure.broken("The manifest of the backup " + file + " cannot be understood", e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** Reads the whole archive and compares every part with the manifest. */
    void verify(Progress progress) {
        Set<String> names = new HashSet<>();
        zip.stream().map(ZipEntry::getName).forEach(names::add);
        names.remove(Manifest.NAME);
        int done = 0;
        for (Manifest.Part part : manifest.parts()) {
            if (!names.remove(part.name())) {
                throw BackupFailure.broken("The backup " + file + " lacks the part " + part.name(), null);
            }
            verify(part);
            progress.part("verified " + part.name(), ++done, manifest.parts().size(), part.bytes());
        }
        if (!names.isEmpty()) {
            throw BackupFailure.broken(
                    "The backup " + file + " has parts that its manifest does not know: " + names, null);
        }
        manifest.tables().stream()
                .filter(table -> manifest.part(table.part()).isEmpty())
                .findFirst()
                .ifPresent(table -> {
                    throw BackupFailure.broken("The backup " + file + " lacks the rows of " + table.part(), null);
                });
    }

    private void verify(Manifest.Part part) {
        MessageDigest digest = ArchiveWriter.sha256();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try (InputStream in = open(part.name())) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                bytes += length;
            }
        } catch (IOException e) {
            throw BackupFailure.broken("The part " + part.name() + " of the backup " + file + " is damaged", e);
        }
        if (bytes != part.bytes() || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
            throw BackupFailure.broken(
                    "The part " + part.name() + " of the backup " + file + " does not fit its checksum", null);
        }
    }

    InputStream open(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw BackupFailure.broken(file + " lacks the part " + name, null);
        }
        try {
            return zip.getInputStream(entry);
        } catch (IOException e) {
            throw BackupFailure.broken("The part " + name + " of the backup " + file + " is damaged", e);
        }
    }

    byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw BackupFailure.broken("The part " + name + " of the backup " + file + " is damaged", e);
        }
    }

    List<String> statements(String name) {
        try {
            return List.of(JsonMapper.shared().readValue(bytes(name), String[].class));
        } catch (JacksonException e) {
            throw BackupFailure.broken("The part " + name + " of the backup " + file + " is damaged", e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw BackupFailure.written("The file " + file + " cannot be closed", e);
        }
    }
}
