package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry.Outcome;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/audit}: the record of the caller's tenant. */
@Path("audit")
public final class AuditResource implements HttpResource {
    static final String READ = "kernel.audit.read";
    private static final int MOST = 500;

    private final Chains chains;

    AuditResource(Chains chains) {
        this.chains = chains;
    }

    /**
     * One page of the record, the newest entry first.
     *
     * @param next what to ask for as {@code after} to get the next page; absent on the last one
     */
    public record Entries(List<EntryView> items, Optional<String> next) {}

    /**
     * What a verification found.
     *
     * @param whole whether nothing is wrong
     * @param entries how many entries were read
     * @param seq the last one
     * @param hash its hash
     * @param brokenAt the first entry where something is wrong
     * @param fault what is wrong there
     */
    public record Verification(
            TenantId tenant,
            boolean whole,
            long entries,
            long seq,
            String hash,
            Optional<Long> brokenAt,
            Optional<String> fault) {}

    /** Searches the record. */
    @GET
    @RequiresPermission(READ)
    public Entries list(
            @BeanParam AuditFilter filter,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw invalid("limit is " + limit, "Ask for 1 to " + MOST + " entries");
        }
        List<ChainedEntry> found = chains.newest(tenant(), filter.query(), before(after), limit + 1);
        List<EntryView> items = found.stream().limit(limit).map(EntryView::of).toList();
        return new Entries(
                items,
                found.size() > limit
                        ? Optional.of(String.valueOf(items.getLast().seq()))
                        : Optional.empty());
    }

    /** Verifies the whole chain of the tenant; takes some seconds for a million entries. */
    @GET
    @Path("verification")
    @RequiresPermission(READ)
    public Verification verify() {
        ChainCheck.Verdict verdict = chains.verify(tenant());
        return new Verification(
                verdict.tenant(),
                verdict.fault().isEmpty(),
                verdict.entries(),
                verdict.seq(),
                verdict.hash(),
                verdict.fault().map(ChainCheck.Fault::seq),
                verdict.fault().map(ChainCheck.Fault::toString));
    }

    private static TenantId tenant() {
        return CallContext.current().tenant();
    }

    private static long before(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw invalid("after is no cursor", "Send what \"next\" of the page before said");
        }
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
