package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each chain had come when this node last extended it, outside of the database: whoever cuts a chain back in
 * the tables alone, to an end that once was one, is found out by this file. A line each: tenant, seq, hash, key, seal,
 * by blanks. Lines are only added; at 10,000 of them the file is written anew with the last of each tenant.
 *
 * <p>What remains: somebody who changes the database and this file of every node can still cut a chain back to an older
 * sealed end. Against that helps a copy elsewhere, such as a regular export.
 */
final class AnchorFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorFile.class);
    private static final int MOST_LINES = 10_000;

    private final Path file;
    private final Map<TenantId, ChainCheck.Checkpoint> latest = new HashMap<>();
    private @Nullable FileChannel channel;
    private int lines;
    private boolean failing;

    private AnchorFile(Path file) {
        this.file = file;
    }

    /** Reads the file where there is one; nothing is written before the first anchor. */
    static AnchorFile open(Path folder) {
        AnchorFile anchors = new AnchorFile(folder.resolve("audit-anchors"));
        anchors.read();
        return anchors;
    }

    private synchronized void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                lines++;
                parse(line);
            }
        } catch (IOException e) {
            LOG.error("The audit anchors cannot be read; chains that were cut back may pass for whole", e);
        }
    }

    private void parse(String line) {
        String[] parts = line.split(" ", -1);
        try {
            if (parts.length == 5) {
                keep(
                        TenantId.parse(parts[0]),
                        new ChainCheck.Checkpoint(
                                Long.parseLong(parts[1]), parts[2], UUID.fromString(parts[3]), parts[4]));
                return;
            }
        } catch (IllegalArgumentException malformed) {
            LOG.debug("A line of the audit anchors is malformed", malformed);
        }
        // The last line is half where the power failed; any other was changed by hand.
        LOG.warn("Line {} of {} is no anchor and does not count", lines, file);
    }

    private boolean keep(TenantId tenant, ChainCheck.Checkpoint anchor) {
        ChainCheck.Checkpoint known = latest.get(tenant);
        if (known != null && known.seq() >= anchor.seq()) {
            return false;
        }
        latest.put(tenant, anchor);
        return true;
    }

    /** Returns how far the tenant's chain had come, by what this node knows. */
    synchronized Optional<ChainCheck.Checkpoint> latest(TenantId tenant) {
        return Optional.ofNullable(latest.get(tenant));
    }

    /** Notes a sealed end that the database has committed; on the disk when this returns. */
    synchronized void note(ChainedEntry end) {
        UUID key = end.sealKey();
        String seal = end.seal();
        if (key == null || seal == null) {
            throw new IllegalArgumentException("Entry " + end.seq() + " has no seal");
        }
        ChainCheck.Checkpoint anchor = new ChainCheck.Checkpoint(end.seq(), end.hash(), key, seal);
        if (!keep(end.tenant(), anchor)) {
            return;
        }
        try {
            if (lines >= MOST_LINES) {
                writeAnew();
            } else {
                append(line(end.tenant(), anchor));
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("Audit anchors cannot be written to {}; the record itself goes on", file, e);
            }
            failing = true;
        }
    }

    private void append(String line) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            channel = open;
        }
        open.write(StandardCharsets.ISO_8859_1.encode(line + "\n"));
        open.force(false);
        lines++;
    }

    private void writeAnew() throws IOException {
        close();
        List<String> kept = new ArrayList<>();
        latest.forEach((tenant, anchor) -> kept.add(line(tenant, anchor)));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(StandardCharsets.ISO_8859_1.encode(String.join("\n", kept) + "\n"));
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        lines = kept.size();
    }

    private static String line(TenantId tenant, ChainCheck.Checkpoint anchor) {
        return tenant + " " + anchor.seq() + " " + anchor.hash() + " " + anchor.sealKey() + " " + anchor.seal();
    }

    @Override
    public synchronized void close() {
        FileChannel open = channel;
        channel = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("The audit anchors cannot be closed", e);
        }
    }
}
