package dev.mortise.kernel.setting;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.IfMatch;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/kernel/tenant/settings/{plugin}}: what the caller's tenant has chosen for itself. */
@Path("tenant/settings/{plugin}")
public final class TenantSettingsResource implements HttpResource {
    static final String READ = "kernel.tenant-settings.read";
    static final String WRITE = "kernel.tenant-settings.write";

    private final SettingsDesk desk;

    TenantSettingsResource(SettingsDesk desk) {
        this.desk = desk;
    }

    /** Shows what was set, what holds, and what does not. */
    @GET
    @RequiresPermission(READ)
    @Answer(type = SettingsView.class)
    public Response show(@PathParam("plugin") String plugin) {
        return SettingsAnswers.of(desk.show(Scope.TENANT, plugin));
    }

    /** Shows the schema (JSON Schema 2020-12) that every value is held to. */
    @GET
    @Path("schema")
    @RequiresPermission(READ)
    public JsonNode schema(@PathParam("plugin") String plugin) {
        return desk.schema(plugin);
    }

    /** Replaces everything that was set; what is left out has the value of the layer below again. */
    @PUT
    @RequiresPermission(WRITE)
    @Answer(type = SettingsView.class)
    public Response replace(
            @PathParam("plugin") String plugin, @HeaderParam("If-Match") @Nullable IfMatch ifMatch, JsonNode values) {
        return SettingsAnswers.of(desk.replace(Scope.TENANT, plugin, IfMatch.demand(ifMatch), values));
    }

    /** Changes single values by a merge patch (RFC 7396); null takes a value back. */
    @PATCH
    @Consumes({SettingsAnswers.MERGE_PATCH, SettingsAnswers.JSON})
    @RequiresPermission(WRITE)
    @Answer(type = SettingsView.class)
    public Response change(
            @PathParam("plugin") String plugin, @HeaderParam("If-Match") @Nullable IfMatch ifMatch, JsonNode patch) {
        return SettingsAnswers.of(desk.patch(Scope.TENANT, plugin, ifMatch, patch));
    }

    /** Lists the versions, the newest first. */
    @GET
    @Path("history")
    @RequiresPermission(READ)
    public Page<SettingsVersion> history(
            @PathParam("plugin") String plugin,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = SettingsAnswers.MOST) @Nullable Integer limit) {
        return SettingsAnswers.history(desk, Scope.TENANT, plugin, after, limit);
    }

    /** Sets again what was set in an older version, as a new one; version 0 stands for nothing. */
    @POST
    @Path("history/{version}/restore")
    @RequiresPermission(WRITE)
    @Answer(type = SettingsView.class)
    public Response restore(
            @PathParam("plugin") String plugin,
            @PathParam("version") long version,
            @HeaderParam("If-Match") @Nullable IfMatch ifMatch) {
        return SettingsAnswers.of(desk.restore(Scope.TENANT, plugin, ifMatch, version));
    }
}
