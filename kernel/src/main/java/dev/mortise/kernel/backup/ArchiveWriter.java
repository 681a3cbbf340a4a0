package dev.mortise.kernel.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an archive beside its place and puts it there by one rename when it is whole and on the disk. Readable by its
 * owner alone.
 */
final class ArchiveWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path target;
    private final Path scratch;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final List<Manifest.Part> parts = new ArrayList<>();
    private boolean isComplete;

    ArchiveWriter(Path target) {
        this.target = target;
        this.scratch = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(scratch);
            this.channel = open(scratch);
        } catch (IOException e) {
            throw BackupFailure.written("The file " + scratch + " cannot be made", e);
        }
        this.zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    private static FileChannel open(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        return posix
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    /** What a part's content is made of. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    Manifest.Part add(String name, Content content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            Counted counted = new Counted(zip);
            content.write(counted);
            zip.closeEntry();
            Manifest.Part part =
                    new Manifest.Part(name, counted.bytes, HexFormat.of().formatHex(counted.sha.digest()));
            parts.add(part);
            return part;
        } catch (IOException e) {
            throw BackupFailure.written("The backup cannot be written to " + scratch, e);
        }
    }

    List<Manifest.Part> parts() {
        return List.copyOf(parts);
    }

    /** Ends the archive; it is not in its place yet, so that it can be verified first. */
    Path complete() {
        try {
            zip.finish();
            zip.flush();
            channel.force(true);
            zip.close();
            isComplete = true;
            return scratch;
        } catch (IOException e) {
            throw BackupFailure.written("The backup cannot be written to " + scratch, e);
        }
    }

    void putInPlace() {
        try {
            Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw BackupFailure.written("The backup cannot be moved to " + target, e);
        }
    }

    /** Leaves nothing behind unless the archive is in its place. */
    @Override
    public void close() {
        try {
            if (!isComplete) {
                channel.close();
            }
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw BackupFailure.written("The unfinished file " + scratch + " cannot be deleted", e);
        }
    }

    private static final class Counted extends FilterOutputStream {
        private final MessageDigest sha = sha256();
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            sha.update((byte) single);
            bytes++;
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            out.write(content, offset, length);
            sha.update(content, offset, length);
            bytes += length;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
