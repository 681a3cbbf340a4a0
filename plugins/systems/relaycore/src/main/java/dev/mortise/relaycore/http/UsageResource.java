package dev.mortise.relaycore.http;

import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.relaycore.RelayCorePlugin;
import dev.mortise.relaycore.usage.UsageReport;
import dev.mortise.relaycore.usage.UsageRow;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Shows what was consumed.
 *
 * @since 0.1
 */
@Extension
@Path("usage")
public final class UsageResource implements HttpResource {
    private static final int MOST_ITEMS = 1_000;
    private static final Cursors LIST = new Cursors("relaycore.usage");

    private final UsageReport report;

    /** Creates the resource; called by the kernel. */
    public UsageResource(RelayCorePlugin plugin) {
        report = new UsageReport(plugin.context().store());
    }

    /**
     * Returns calls, newest first.
     *
     * @param limit the most calls to return, 1 to 1,000
     * @param after the {@code next} of the page before
     */
    @GET
    @RequiresPermission("relaycore.usage.read")
    @Described("Returns calls, newest first.")
    public Page<UsageRow> list(
            @QueryParam("limit") @Limited(min = 1, max = MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, MOST_ITEMS);
        @Nullable UUID olderThan = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                report.calls(olderThan, most + 1),
                most,
                call -> LIST.after(call.id().toString()));
    }

    /** Returns the sums of the last 30 days, by model. */
    @GET
    @Path("totals")
    @RequiresPermission("relaycore.usage.read")
    @Described("Returns the sums of the last 30 days, by model.")
    public UsageReport.Totals totals() {
        return report.totals();
    }
}
