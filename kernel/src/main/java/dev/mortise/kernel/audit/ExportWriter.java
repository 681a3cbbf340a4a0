package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a record out, page by page, so that its length costs time and no memory. What is recorded while it is written
 * stays out.
 */
final class ExportWriter {
    private static final List<String> COLUMNS = List.of(
            "seq",
            "id",
            "at",
            "actorKind",
            "actor",
            "action",
            "target",
            "outcome",
            "status",
            "traceId",
            "source",
            "details",
            "prevHash",
            "hash");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Chains chains;
    private final TenantId tenant;
    private final AuditQuery query;

    ExportWriter(Chains chains, TenantId tenant, AuditQuery query) {
        this.chains = chains;
        this.tenant = tenant;
        this.query = query;
    }

    /** Writes {@link ExportLine}s. A whole export can be verified without the server; one of a search in part. */
    void jsonLines(OutputStream target, Instant now) throws IOException {
        Writer out = writer(target);
        long end = chains.end(tenant);
        List<ExportLine.Key> keys = chains.publicKeys().entrySet().stream()
                .map(key -> ExportLine.Key.of(key.getKey(), key.getValue()))
                .toList();
        boolean whole = query.equals(AuditQuery.ALL);
        line(
                out,
                new ExportLine.Head(
                        ExportLine.FORMAT,
                        tenant.value(),
                        whole,
                        now,
                        keys,
                        chains.dropped(tenant).map(ExportLine.Checkpoint::of)));
        line(out, whole ? wholeLines(out, end) : foundLines(out, end));
        out.flush();
    }

    private ExportLine.End wholeLines(Writer out, long end) throws IOException {
        long seq = chains.dropped(tenant).map(ChainCheck.Checkpoint::seq).orElse(0L);
        long entries = 0;
        while (true) {
            Chains.Page page = chains.page(tenant, seq);
            for (ChainedEntry entry : page.entries()) {
                if (entry.seq() > end) {
                    return new ExportLine.End(entries, seq);
                }
                line(out, new ExportLine.Entry(EntryView.of(entry)));
                seq = entry.seq();
                entries++;
                while (!page.checkpoints().isEmpty()
                        && page.checkpoints().peek().seq() <= seq) {
                    line(out, ExportLine.Checkpoint.of(page.checkpoints().poll()));
                }
            }
            if (page.isLast()) {
                return new ExportLine.End(entries, seq);
            }
        }
    }

    private ExportLine.End foundLines(Writer out, long end) throws IOException {
        long[] count = {0, 0};
        each(end, entry -> {
            line(out, new ExportLine.Entry(EntryView.of(entry)));
            count[0]++;
            count[1] = entry.seq();
        });
        return new ExportLine.End(count[0], count[1]);
    }

    /** Writes CSV (RFC 4180) with the names of the columns first, harmless to a spreadsheet. */
    void csv(OutputStream target) throws IOException {
        Writer out = writer(target);
        out.write(CsvRow.of(COLUMNS));
        each(chains.end(tenant), entry -> out.write(CsvRow.of(cells(EntryView.of(entry)))));
        out.flush();
    }

    private List<String> cells(EntryView entry) {
        return List.of(
                String.valueOf(entry.seq()),
                entry.id().toString(),
                entry.at().toString(),
                entry.actorKind(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.outcome(),
                entry.status() == null ? "" : String.valueOf(entry.status()),
                entry.traceId(),
                entry.source() == null ? "" : entry.source(),
                json.writeValueAsString(entry.details()),
                entry.prevHash(),
                entry.hash());
    }

    /** Takes an entry. */
    private interface Sink {
        void accept(ChainedEntry entry) throws IOException;
    }

    private void each(long end, Sink sink) throws IOException {
        long after = 0;
        Predicate<ChainedEntry> isDue = entry -> entry.seq() <= end;
        while (true) {
            List<ChainedEntry> found = chains.oldest(tenant, query, after).stream()
                    .takeWhile(isDue)
                    .toList();
            if (found.isEmpty()) {
                return;
            }
            for (ChainedEntry entry : found) {
                sink.accept(entry);
            }
            after = found.getLast().seq();
        }
    }

    private void line(Writer out, ExportLine line) throws IOException {
        out.write(json.writerFor(ExportLine.class).writeValueAsString(line));
        out.write('\n');
    }

    private static Writer writer(OutputStream target) {
        return new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 1 << 15);
    }
}
