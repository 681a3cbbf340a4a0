package dev.mortise.automotive.decision;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.automotive.AutomotivePlugin;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * Shows what was decided.
 *
 * @since 0.1
 */
@Extension
@Path("decisions")
public final class DecisionResource implements HttpResource {
    private static final int MOST_ITEMS = 500;

    private final AutomotivePlugin plugin;
    private final Decisions decisions;

    /** Creates the resource; called by the kernel. */
    public DecisionResource(AutomotivePlugin plugin) {
        this.plugin = plugin;
        this.decisions = new Decisions(plugin.context().store());
    }

    /**
     * Returns decisions, newest first: {@code {"items": […], "next": "…"}}.
     *
     * @param limit the most to return, 1 to 500
     * @param after the {@code next} of the page before
     */
    @GET
    @RequiresPermission("automotive.decisions.read")
    public JsonNode list(
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") @Nullable UUID after) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "limit is " + limit + "; it must be from 1 to " + MOST_ITEMS,
                    "Ask for fewer and follow \"next\"");
        }
        return plugin.context().json().valueToTree(decisions.page(after, limit));
    }

    /** Returns the decision of a message. */
    @GET
    @Path("{messageId}")
    @RequiresPermission("automotive.decisions.read")
    public Decision one(@PathParam("messageId") String messageId) {
        return decisions.ofMessage(messageId);
    }
}
