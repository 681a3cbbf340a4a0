package dev.mortise.automotive.decision;

import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.automotive.AutomotivePlugin;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Shows what was decided.
 *
 * @since 0.1
 */
@Extension
@Path("decisions")
public final class DecisionResource implements HttpResource {
    private static final int MOST_ITEMS = 500;
    private static final Cursors LIST = new Cursors("automotive.decisions");

    private final Decisions decisions;

    /** Creates the resource; called by the kernel. */
    public DecisionResource(AutomotivePlugin plugin) {
        this.decisions = new Decisions(plugin.context().store());
    }

    /**
     * Returns decisions, newest first.
     *
     * @param limit the most to return, 1 to 500
     * @param after the {@code next} of the page before
     */
    @GET
    @RequiresPermission("automotive.decisions.read")
    @Described("Returns decisions, newest first.")
    public Page<Decision> list(
            @QueryParam("limit") @Limited(min = 1, max = MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, MOST_ITEMS);
        @Nullable UUID olderThan = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                decisions.page(olderThan, most + 1),
                most,
                decision -> LIST.after(decision.id().toString()));
    }

    /** Returns the decision of a message. */
    @GET
    @Path("{messageId}")
    @RequiresPermission("automotive.decisions.read")
    public Decision one(@PathParam("messageId") String messageId) {
        return decisions.ofMessage(messageId);
    }
}
