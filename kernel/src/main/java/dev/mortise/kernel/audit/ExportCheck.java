package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies an export in JSON lines without a server. The keys are in the file, so somebody who writes a whole file anew
 * brings keys of his own: name the fingerprint of the server's key, as learned from the server itself, to notice.
 *
 * <pre>{@code
 * ExportCheck.Verdict verdict = new ExportCheck(Set.of(fingerprint)).verify(Files.newBufferedReader(file));
 * }</pre>
 *
 * @since 0.1
 */
public final class ExportCheck {
    private final JsonMapper json = JsonMapper.builder().build();
    private final Set<String> trusted;
    private long line;

    /** @param trusted fingerprints of keys that may have sealed; empty to believe the file's own */
    public ExportCheck(Set<String> trusted) {
        this.trusted = Set.copyOf(trusted);
    }

    /**
     * What was found.
     *
     * @param tenant whose record it is, where the head could be read
     * @param whole whether the file has every entry; otherwise gaps mean nothing
     * @param entries how many were checked
     * @param seq the last of them
     * @param fingerprints the keys of the file
     * @param fault the first line where something is wrong
     */
    public record Verdict(
            Optional<TenantId> tenant,
            boolean whole,
            long entries,
            long seq,
            List<String> fingerprints,
            Optional<Fault> fault) {}

    /**
     * What is wrong.
     *
     * @param line in the file, from 1
     * @param what in words
     */
    public record Fault(long line, String what) {}

    /** Ends the reading at the first fault. */
    private static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(String what) {
            super(what);
        }
    }

    /** Reads the file to its end, or to the first fault. */
    public Verdict verify(BufferedReader in) throws IOException {
        line = 0;
        Progress progress = new Progress();
        try {
            progress.begin(head(in));
            ExportLine next = progress.accept(read(in));
            while (next != null) {
                next = progress.accept(read(in));
            }
            if (in.readLine() != null) {
                line++;
                throw new BrokenException("there is more behind the end of the export");
            }
            return progress.verdict(null);
        } catch (BrokenException e) {
            return progress.verdict(new Fault(Math.max(1, line), String.valueOf(e.getMessage())));
        }
    }

    private ExportLine.Head head(BufferedReader in) throws IOException, BrokenException {
        if (read(in) instanceof ExportLine.Head head && head.format().equals(ExportLine.FORMAT)) {
            return head;
        }
        throw new BrokenException("this is no export of an audit record in JSON lines");
    }

    private ExportLine read(BufferedReader in) throws IOException, BrokenException {
        String text = in.readLine();
        line++;
        if (text == null) {
            throw new BrokenException("the export was cut off: its last line is missing");
        }
        try {
            ExportLine read = json.readValue(text, ExportLine.class);
            // To the letter: what the reader would pass over must not be there.
            if (read != null
                    && json.writerFor(ExportLine.class).writeValueAsString(read).equals(text)) {
                return read;
            }
        } catch (JacksonException malformed) {
            throw new BrokenException("this is no line of an export: " + malformed.getOriginalMessage());
        }
        throw new BrokenException("this is no line of an export");
    }

    /** What is known while the lines are read. */
    private final class Progress {
        private ExportLine.@Nullable Head head;
        private @Nullable ChainCheck check;
        private Map<UUID, PublicKey> keys = Map.of();
        private long entries;
        private long seq;

        void begin(ExportLine.Head read) throws BrokenException {
            head = read;
            keys = keys(read.keys());
            Optional<ChainCheck.Checkpoint> dropped = read.dropped().map(ExportLine.Checkpoint::checkpoint);
            check = new ChainCheck(new TenantId(read.tenant()), keys, dropped);
            seq = dropped.map(ChainCheck.Checkpoint::seq).orElse(0L);
            requireWhole(check);
        }

        private Map<UUID, PublicKey> keys(List<ExportLine.Key> named) throws BrokenException {
            Map<UUID, PublicKey> read = new HashMap<>();
            for (ExportLine.Key key : named) {
                try {
                    PublicKey known = SealKeys.publicKey(key.publicKey());
                    if (trusted.isEmpty() || trusted.contains(ExportLine.Key.fingerprint(known))) {
                        read.put(key.id(), known);
                    }
                } catch (MortiseException e) {
                    throw new BrokenException("its key " + key.id() + " is no Ed25519 key");
                }
            }
            return read;
        }

        /** Returns the line, or null behind the last one. */
        @Nullable
        ExportLine accept(ExportLine read) throws BrokenException {
            ChainCheck chain = Objects.requireNonNull(check);
            boolean whole = Objects.requireNonNull(head).whole();
            switch (read) {
                case ExportLine.Head _ -> throw new BrokenException("a second export begins here");
                case ExportLine.Entry entry -> {
                    ChainedEntry chained = entry.entry().chained(chain.tenant());
                    if (whole) {
                        chain.accept(chained);
                        requireWhole(chain);
                    } else {
                        acceptAlone(chained);
                    }
                    seq = chained.seq();
                    entries++;
                }
                case ExportLine.Checkpoint checkpoint -> {
                    chain.accept(checkpoint.checkpoint());
                    requireWhole(chain);
                }
                case ExportLine.End end -> {
                    finish(chain, end, whole);
                    return null;
                }
            }
            return read;
        }

        /** An entry without its neighbours: its own hash, its seal, its place after the one before. */
        private void acceptAlone(ChainedEntry entry) throws BrokenException {
            if (entry.seq() <= seq) {
                throw new BrokenException("entry " + entry.seq() + ": it stands after entry " + seq);
            }
            ChainCheck alone = new ChainCheck(entry.tenant(), keys, entry.seq() - 1, entry.prevHash());
            alone.accept(entry);
            requireWhole(alone);
        }

        private void finish(ChainCheck chain, ExportLine.End end, boolean whole) throws BrokenException {
            if (end.entries() != entries || end.seq() != seq) {
                throw new BrokenException("the end speaks of " + end.entries() + " entries up to " + end.seq()
                        + ", the file has " + entries + " up to " + seq);
            }
            Optional<ChainCheck.Fault> fault = whole ? chain.finish().fault() : Optional.empty();
            if (fault.isPresent()) {
                throw new BrokenException(fault.get().toString());
            }
        }

        private void requireWhole(ChainCheck chain) throws BrokenException {
            Optional<ChainCheck.Fault> fault = chain.fault();
            if (fault.isPresent()) {
                throw new BrokenException(fault.get().toString());
            }
        }

        Verdict verdict(@Nullable Fault fault) {
            ExportLine.Head read = head;
            return new Verdict(
                    Optional.ofNullable(read).map(ExportLine.Head::tenant).map(TenantId::new),
                    read != null && read.whole(),
                    entries,
                    seq,
                    keys.values().stream().map(ExportLine.Key::fingerprint).toList(),
                    Optional.ofNullable(fault));
        }
    }
}
