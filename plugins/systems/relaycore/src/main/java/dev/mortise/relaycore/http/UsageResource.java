package dev.mortise.relaycore.http;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.relaycore.RelayCorePlugin;
import dev.mortise.relaycore.usage.UsageReport;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
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

    private final UsageReport report;

    /** Creates the resource; called by the kernel. */
    public UsageResource(RelayCorePlugin plugin) {
        report = new UsageReport(plugin.context().store());
    }

    /**
     * Returns calls, newest first, and the totals by model with the first page.
     *
     * @param limit the most calls to return, 1 to 1,000
     * @param after the {@code next} of the page before
     */
    @GET
    @RequiresPermission("relaycore.usage.read")
    public UsageReport.Page list(
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") @Nullable UUID after) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw new IllegalArgumentException("limit is " + limit + "; it must be from 1 to " + MOST_ITEMS);
        }
        return report.page(Optional.ofNullable(after), limit);
    }
}
