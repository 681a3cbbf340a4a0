package dev.mortise.kernel.tenant;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/v1/kernel/tenants}: the tenants of this server, for its operator. A tenant stands in a path by its id or
 * its name.
 */
@Path("tenants")
public final class TenantResource implements HttpResource {
    private static final String READ = "kernel.tenants.read";
    private static final String WRITE = "kernel.tenants.write";
    private static final String ERASE = "kernel.tenants.delete";
    private static final int MOST = 200;
    private static final Cursors LIST = new Cursors("kernel.tenants");
    private static final Cursors ERASURES = new Cursors("kernel.tenants.erasures");

    private final TenantDirectory directory;

    TenantResource(TenantDirectory directory) {
        this.directory = directory;
    }

    /** A tenant on the wire. */
    public record TenantView(
            String id,
            String name,
            String displayName,
            TenantState state,
            JsonNode settings,
            Instant createdAt,
            Instant changedAt,
            Optional<Instant> eraseAfter,
            Optional<String> apiKey) {
        static TenantView of(Tenant tenant) {
            return of(tenant, null);
        }

        static TenantView of(Tenant tenant, @Nullable String apiKey) {
            return new TenantView(
                    tenant.id().toString(),
                    tenant.name(),
                    tenant.displayName(),
                    tenant.state(),
                    tenant.settings(),
                    tenant.createdAt(),
                    tenant.changedAt(),
                    Optional.ofNullable(tenant.eraseAfter()),
                    Optional.ofNullable(apiKey));
        }
    }

    /** A new tenant, or changes of one: what is absent stays as it is. */
    public record TenantChange(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable JsonNode settings) {}

    /** Lists the tenants, oldest first. */
    @GET
    @RequiresPermission(READ)
    public Page<TenantView> list(
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = LIST.position(after, UUID::fromString).orElse(null);
        List<TenantView> read =
                directory.list(behind, most + 1).stream().map(TenantView::of).toList();
        return Page.of(read, most, tenant -> LIST.after(tenant.id()));
    }

    /** Makes a tenant; the answer has its first key, this once. */
    @POST
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = TenantView.class)
    public Response create(TenantChange wanted) {
        TenantDirectory.Created created = directory.create(wanted.name(), wanted.displayName(), wanted.settings());
        return Response.created(
                        URI.create("/api/v1/kernel/tenants/" + created.tenant().id()))
                .header("Cache-Control", "no-store")
                .entity(TenantView.of(created.tenant(), created.apiKey()))
                .build();
    }

    /** Shows a tenant. */
    @GET
    @Path("{tenant}")
    @RequiresPermission(READ)
    public TenantView show(@PathParam("tenant") String tenant) {
        return TenantView.of(directory.get(TenantRef.parse(tenant)));
    }

    /** Renames a tenant, or changes what is noted about it. */
    @PATCH
    @Path("{tenant}")
    @RequiresPermission(WRITE)
    public TenantView change(@PathParam("tenant") String tenant, TenantChange change) {
        return TenantView.of(
                directory.change(TenantRef.parse(tenant), change.name(), change.displayName(), change.settings()));
    }

    /** Stops everything of a tenant. */
    @POST
    @Path("{tenant}/suspend")
    @RequiresPermission(WRITE)
    public TenantView suspend(@PathParam("tenant") String tenant) {
        return TenantView.of(directory.suspend(TenantRef.parse(tenant)));
    }

    /** Lets a tenant work again, also one that is being deleted and still whole. */
    @POST
    @Path("{tenant}/resume")
    @RequiresPermission(WRITE)
    public TenantView resume(@PathParam("tenant") String tenant) {
        return TenantView.of(directory.resume(TenantRef.parse(tenant)));
    }

    /** Stops a tenant and erases all its rows after the grace, an ISO 8601 duration. */
    @DELETE
    @Path("{tenant}")
    @RequiresPermission(ERASE)
    @Answer(status = 202, type = TenantView.class)
    public Response delete(@PathParam("tenant") String tenant, @QueryParam("grace") @DefaultValue("P7D") String grace) {
        Tenant marked = directory.delete(TenantRef.parse(tenant), duration(grace));
        return Response.accepted(TenantView.of(marked)).build();
    }

    /** Shows what became of a deletion, also when the tenant is gone. */
    @GET
    @Path("{tenant}/erasure")
    @RequiresPermission(READ)
    public Erasure erasure(@PathParam("tenant") String tenant) {
        return directory.erasure(TenantRef.parse(tenant));
    }

    /** Lists deletions, by the tenant's id. */
    @GET
    @Path("-/erasures")
    @RequiresPermission(READ)
    public Page<Erasure> erasures(
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = ERASURES.position(after, UUID::fromString).orElse(null);
        return Page.of(
                directory.erasures(behind, most + 1),
                most,
                erasure -> ERASURES.after(erasure.tenant().toString()));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw invalid("\"grace\" is no ISO 8601 duration of days and less", "Write it as P7D or PT12H");
        }
    }

    private static MortiseException invalid(String what, String remedy) {
        return new MortiseException(ApiError.INPUT_INVALID, what, remedy);
    }
}
