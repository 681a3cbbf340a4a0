package dev.mortise.kernel.tenant;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
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
import java.util.function.Function;
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
    private static final int LARGEST_PAGE = 200;

    private final TenantDirectory directory;

    TenantResource(TenantDirectory directory) {
        this.directory = directory;
    }

    /** One page; {@code next} is what the next one begins after, absent on the last. */
    public record Page<T>(List<T> items, Optional<String> next) {
        static <T> Page<T> of(List<T> oneMore, int limit, Function<T, UUID> id) {
            if (oneMore.size() <= limit) {
                return new Page<>(oneMore, Optional.empty());
            }
            List<T> items = oneMore.subList(0, limit);
            return new Page<>(items, Optional.of(id.apply(items.getLast()).toString()));
        }
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
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") @Nullable String after) {
        int size = checkedLimit(limit);
        List<TenantView> found = directory.list(cursor(after), size + 1).stream()
                .map(TenantView::of)
                .toList();
        return Page.of(found, size, view -> UUID.fromString(view.id()));
    }

    /** Makes a tenant; the answer has its first key, this once. */
    @POST
    @RequiresPermission(WRITE)
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
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") @Nullable String after) {
        int size = checkedLimit(limit);
        return Page.of(directory.erasures(cursor(after), size + 1), size, Erasure::tenant);
    }

    private static int checkedLimit(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw invalid("\"limit\" is from 1 to " + LARGEST_PAGE, "Ask for fewer, and then for the next page");
        }
        return limit;
    }

    private static @Nullable UUID cursor(@Nullable String after) {
        if (after == null) {
            return null;
        }
        UUID id = TenantRef.parse(after).id();
        if (id == null) {
            throw invalid("\"after\" is no cursor of this list", "Send what \"next\" of the page before says");
        }
        return id;
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
