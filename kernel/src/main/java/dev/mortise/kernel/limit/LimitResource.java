package dev.mortise.kernel.limit;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.tenant.Tenant;
import dev.mortise.kernel.tenant.TenantDirectory;
import dev.mortise.kernel.tenant.TenantRef;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code /api/v1/kernel/limits}: the limits of each tenant, for the operator. */
@Path("limits")
public final class LimitResource implements HttpResource {
    private static final String READ = "kernel.limits.read";
    private static final String WRITE = "kernel.limits.write";
    private static final int OVERRIDES_AT_MOST = 100;
    private static final Set<String> REQUESTS = Set.of(TenantLimits.TENANT, TenantLimits.USER, TenantLimits.KEY);

    private final LimitDirectory directory;
    private final TenantDirectory tenants;

    LimitResource(LimitDirectory directory, TenantDirectory tenants) {
        this.directory = directory;
        this.tenants = tenants;
    }

    /** A limit in force. */
    public record LimitView(String limit, long requests, long seconds, boolean overridden) {}

    /** A limit to set; the time is a minute where nothing is said. */
    public record LimitChange(String limit, long requests, Long seconds) {
        /** Refuses what is no limit. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public LimitChange {
            if (limit == null || limit.length() > 300) {
                throw new IllegalArgumentException("\"limit\" is missing or too long");
            }
            if (limit.startsWith(TenantLimits.ENDPOINT)) {
                var _ = OperationPattern.parse(limit.substring(TenantLimits.ENDPOINT.length()));
            } else if (!REQUESTS.contains(limit) && !limit.matches("plugin [a-z0-9-]{1,100} [a-z0-9.-]{1,60}")) {
                throw new IllegalArgumentException("\"limit\" is one of tenant, user, key, \"endpoint <METHOD /path>\""
                        + " and \"plugin <id> <name>\"");
            }
            seconds = new LimitSettings.Quota(requests, seconds).seconds();
        }
    }

    /** The limits that are to differ from the configuration's. */
    public record LimitChanges(List<LimitChange> overrides) {
        /** Refuses too many, and one that is named twice. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public LimitChanges {
            if (overrides == null || overrides.size() > OVERRIDES_AT_MOST || overrides.contains(null)) {
                throw new IllegalArgumentException(
                        "\"overrides\" is missing, or has more than " + OVERRIDES_AT_MOST + " limits");
            }
        }
    }

    /** Lists all limits in force for a tenant: those of the configuration and a hundred of its own at most. */
    @GET
    @Path("{tenant}")
    @RequiresPermission(READ)
    public Page<LimitView> show(@PathParam("tenant") String tenant) {
        return list(tenants.get(TenantRef.parse(tenant)));
    }

    /** Replaces what is set for a tenant; what is not named is the configuration's again. */
    @PUT
    @Path("{tenant}")
    @RequiresPermission(WRITE)
    public Page<LimitView> replace(@PathParam("tenant") String tenant, LimitChanges changes) {
        Tenant known = tenants.get(TenantRef.parse(tenant));
        Set<String> names = new HashSet<>();
        changes.overrides().forEach(each -> {
            if (!names.add(each.limit())) {
                throw new MortiseException(
                        ApiError.INPUT_INVALID, "The limit \"" + each.limit() + "\" is named twice", "Name it once");
            }
        });
        directory.replace(
                known.id(),
                changes.overrides().stream()
                        .map(each -> new LimitMapper.TenantRate(each.limit(), each.requests(), each.seconds()))
                        .toList());
        return list(known);
    }

    /** Makes all limits of a tenant the configuration's again. */
    @DELETE
    @Path("{tenant}")
    @RequiresPermission(WRITE)
    public void clear(@PathParam("tenant") String tenant) {
        directory.replace(tenants.get(TenantRef.parse(tenant)).id(), List.of());
    }

    private Page<LimitView> list(Tenant tenant) {
        TenantLimits limits = directory.of(tenant.id());
        return Page.whole(limits.rates().entrySet().stream()
                .map(entry -> new LimitView(
                        entry.getKey(),
                        entry.getValue().permits(),
                        entry.getValue().per().toSeconds(),
                        limits.overridden().contains(entry.getKey())))
                .toList());
    }
}
