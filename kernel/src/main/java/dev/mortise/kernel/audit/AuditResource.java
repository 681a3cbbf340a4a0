package dev.mortise.kernel.audit;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.audit.AuditEntry.Outcome;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/audit}: the record of the caller's tenant. */
@Path("audit")
public final class AuditResource implements HttpResource {
    static final String READ = "kernel.audit.read";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.audit");

    private final Chains chains;
    private final Audit audit;
    private final InstantSource clock;

    AuditResource(Chains chains, Audit audit, InstantSource clock) {
        this.chains = chains;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a verification found.
     *
     * @param whole whether nothing is wrong
     * @param entries how many entries were read
     * @param droppedTo the last entry that was dropped by rule; absent where none was
     * @param seq the last one
     * @param hash its hash
     * @param brokenAt the first entry where something is wrong
     * @param fault what is wrong there
     */
    public record Verification(
            UUID tenant,
            boolean whole,
            long entries,
            Optional<Long> droppedTo,
            long seq,
            String hash,
            Optional<Long> brokenAt,
            Optional<String> fault) {}

    /** Searches the record, the newest entry first. */
    @GET
    @RequiresPermission(READ)
    public Page<EntryView> list(
            @BeanParam AuditFilter filter,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        long before = LIST.position(after, Long::valueOf).orElse(Long.MAX_VALUE);
        List<EntryView> read = chains.newest(tenant(), filter.query(), before, most + 1).stream()
                .map(EntryView::of)
                .toList();
        return Page.of(read, most, entry -> LIST.after(String.valueOf(entry.seq())));
    }

    /** Verifies the whole chain of the tenant; its time grows with the length of the chain. */
    @GET
    @Path("verification")
    @RequiresPermission(READ)
    public Verification verify() {
        ChainCheck.Verdict verdict = chains.verify(tenant());
        return new Verification(
                verdict.tenant().value(),
                verdict.fault().isEmpty(),
                verdict.entries(),
                Optional.of(verdict.start()).filter(start -> start > 0),
                verdict.seq(),
                verdict.hash(),
                verdict.fault().map(ChainCheck.Fault::seq),
                verdict.fault().map(ChainCheck.Fault::toString));
    }

    /**
     * Lists all keys that seal the record; their fingerprints tell an export from a forged one. There is one for each
     * master key that the server ever had.
     */
    @GET
    @Path("keys")
    @RequiresPermission(READ)
    public Page<SealingKey> keys() {
        return Page.whole(chains.publicKeys().entrySet().stream()
                .map(key -> ExportLine.Key.of(key.getKey(), key.getValue()))
                .map(key -> new SealingKey(key.id(), key.publicKey(), key.fingerprint()))
                .toList());
    }

    /**
     * A key that seals.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo of an Ed25519 key, hexadecimal
     * @param fingerprint SHA-256 of it, hexadecimal
     */
    public record SealingKey(UUID id, String publicKey, String fingerprint) {}

    /**
     * Exports what the search finds, or all of it, the oldest first. The answer is streamed; one that breaks off lacks
     * its last line.
     *
     * @param format {@code jsonl}, which can be verified without the server, or {@code csv}
     */
    @GET
    @Path("export")
    @RequiresPermission(READ)
    @Answer(type = byte[].class, media = "application/x-ndjson", when = "As lines of JSON")
    public Response export(@BeanParam AuditFilter filter, @QueryParam("format") @DefaultValue("jsonl") String format) {
        boolean csv = format.equals("csv");
        if (!csv && !format.equals("jsonl")) {
            throw invalid("format is none that is known", "Ask for jsonl or csv");
        }
        AuditQuery query = filter.query();
        audit.record(AuditEntry.done("kernel.audit.exported", "audit").with("format", format));
        ExportWriter writer = new ExportWriter(chains, tenant(), query);
        Instant now = clock.instant();
        StreamingOutput body = csv ? writer::csv : out -> writer.jsonLines(out, now);
        return Response.ok(body)
                .type(csv ? "text/csv; charset=utf-8" : "application/x-ndjson")
                .header("Content-Disposition", "attachment; filename=\"audit." + format + "\"")
                .build();
    }

    private static TenantId tenant() {
        return CallContext.current().tenant();
    }

    static MortiseException invalid(String what, String remedy) {
        return new MortiseException(ApiError.INPUT_INVALID, "The query parameter " + what, remedy);
    }

    static Optional<String> outcome(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equalsIgnoreCase(text)) {
                return Optional.of(outcome.name());
            }
        }
        throw invalid("outcome is none that is known", "Ask for done, refused or failed");
    }
}
