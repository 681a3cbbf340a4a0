package dev.mortise.kernel.cluster;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.cluster.InstallationMapper.Chunk;
import dev.mortise.kernel.cluster.InstallationMapper.Jar;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.lifecycle.JarSource;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The jars of installed plugins in the database, in chunks, so that neither side ever holds a whole one. */
final class JarArchive implements JarSource {
    private static final int CHUNK_BYTES = 1 << 20;

    private final SchemaSessions sessions;

    JarArchive(SchemaSessions sessions) {
        this.sessions = sessions;
    }

    /** Stores a jar in the open transaction, in place of one of the same version. */
    static void store(InstallationMapper table, String id, String version, String sha512, Path jar) {
        Jar known = table.jar(id, version);
        if (known != null && known.sha512().equals(sha512)) {
            return;
        }
        table.dropJar(id, version);
        try (InputStream content = Files.newInputStream(jar)) {
            table.putJar(id, version, sha512, Files.size(jar));
            int number = 0;
            for (byte[] part = content.readNBytes(CHUNK_BYTES);
                    part.length > 0;
                    part = content.readNBytes(CHUNK_BYTES)) {
                table.putChunk(id, version, number++, part);
            }
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_STORAGE,
                    "The file " + jar + " cannot be read: " + e,
                    "Check the disk of the data folder",
                    e);
        }
    }

    @Override
    public void copy(String id, String version, Path target) {
        sessions.inTransaction(null, Access.READ, open -> {
            InstallationMapper table = open.mapper(InstallationMapper.class);
            Jar jar = table.jar(id, version);
            if (jar == null) {
                throw broken(id, version, "is not in the database", null);
            }
            if (!copied(table, id, version, target).equals(jar.sha512())) {
                throw broken(id, version, "is damaged in the database", null);
            }
            return jar;
        });
    }

    private static String copied(InstallationMapper table, String id, String version, Path target) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            try (OutputStream file = new DigestOutputStream(Files.newOutputStream(target), digest)) {
                Chunk chunk = table.chunk(id, version, 0);
                for (int number = 1; chunk != null; number++) {
                    file.write(chunk.content());
                    chunk = table.chunk(id, version, number);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw broken(id, version, "cannot be written to " + target + ": " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-512", e);
        }
    }

    private static MortiseException broken(String id, String version, String what, @Nullable Exception cause) {
        return new MortiseException(
                KernelError.PLUGIN_STORAGE,
                "The jar of " + id + " " + version + " " + what,
                "Remove the plugin and install it again; its data stays",
                cause);
    }
}
