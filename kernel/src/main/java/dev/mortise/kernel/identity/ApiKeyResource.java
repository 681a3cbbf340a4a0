package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.identity.ApiKeys.ApiKey;
import dev.mortise.kernel.identity.ApiKeys.IssuedKey;
import dev.mortise.kernel.identity.ApiKeys.Owner;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/api-keys}: the keys of the tenant. */
@Path("api-keys")
@Consumes(MediaType.APPLICATION_JSON)
public final class ApiKeyResource implements HttpResource {
    private static final String READ = "kernel.api-keys.read";
    private static final String WRITE = "kernel.api-keys.write";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.api-keys");
    private static final Duration USUAL_GRACE = Duration.ofDays(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(30);

    private final ApiKeys keys;
    private final ServiceAccounts services;

    ApiKeyResource(ApiKeys keys, ServiceAccounts services) {
        this.keys = keys;
        this.services = services;
    }

    /**
     * A key that is asked for.
     *
     * @param permissions what it may do, all of which the caller holds; with an owner, at most what the owner may
     * @param serviceAccount whose it is to be; without it, the caller's own
     */
    public record KeyRequest(
            @Nullable String name,
            @Nullable Set<String> permissions,
            Optional<Instant> expiresAt,
            Optional<UUID> serviceAccount) {
        /** Reads what is missing as empty. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public KeyRequest {
            expiresAt = expiresAt == null ? Optional.empty() : expiresAt;
            serviceAccount = serviceAccount == null ? Optional.empty() : serviceAccount;
        }
    }

    /**
     * How to rotate.
     *
     * @param graceSeconds for how long the former secret stays good; a day where it is missing, 30 days at most
     */
    public record Rotation(@Nullable Long graceSeconds) {}

    /** Lists keys, revoked ones too. */
    @GET
    @RequiresPermission(READ)
    public Page<ApiKey> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                keys.list(behind, most + 1), most, key -> LIST.after(key.id().toString()));
    }

    /** Shows a key. */
    @GET
    @Path("{id}")
    @RequiresPermission(READ)
    public ApiKey show(@PathParam("id") UUID id) {
        return keys.get(id);
    }

    /** Makes a key; the answer alone has its secret. */
    @POST
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = IssuedKey.class)
    public Response create(KeyRequest request) {
        String name = PlainText.required("name", request.name(), 200);
        Set<String> permissions = PermissionNames.require(request.permissions());
        if (request.expiresAt().filter(at -> !at.isAfter(Instant.now())).isPresent()) {
            throw PlainText.invalid("\"expiresAt\" is in the past", "Send a later time, or none for a key without end");
        }
        Owner owner = request.serviceAccount()
                .<Owner>map(id -> new Owner.Service(services.active(id).id()))
                .orElseGet(ApiKeyResource::callerAsOwner);
        // All of it, and not only what the owner's roles let through now: they can grow.
        PermissionSets.requireHeld(permissions);
        CallContext context = CallContext.current();
        IssuedKey issued = keys.issue(
                context.tenant(),
                NewKey.of(
                        name,
                        permissions,
                        request.expiresAt().orElse(null),
                        owner,
                        context.principal().id()));
        return Response.created(URI.create("api-keys/" + issued.id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(issued)
                .build();
    }

    /** Gives a key a new secret; the answer alone has it. */
    @POST
    @Path("{id}/rotate")
    @RequiresPermission(WRITE)
    @Answer(status = 200, type = IssuedKey.class)
    public Response rotate(@PathParam("id") UUID id, Rotation rotation) {
        Duration grace = rotation.graceSeconds() == null ? USUAL_GRACE : Duration.ofSeconds(rotation.graceSeconds());
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw PlainText.invalid(
                    "\"graceSeconds\" is not from 0 to " + LONGEST_GRACE.toSeconds(), "Send a number in that range");
        }
        IssuedKey issued = keys.rotate(CallContext.current().tenant(), id, grace);
        return Response.ok(issued).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Revokes a key. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(WRITE)
    public void revoke(@PathParam("id") UUID id) {
        if (!keys.revoke(CallContext.current().tenant(), id)) {
            throw new MortiseException(
                    ApiError.NOT_FOUND,
                    "There is no API key " + id + " that could be revoked",
                    "GET /api/v1/kernel/api-keys lists those there are");
        }
    }

    /** A key made by a key, or by a person, ends with the same owner. */
    private static Owner callerAsOwner() {
        Caller caller = Caller.current();
        Principal principal = caller.context().principal();
        if (principal.kind() == Principal.Kind.SERVICE_ACCOUNT) {
            return new Owner.Service(ServiceAccounts.idOf(principal));
        }
        return caller.user().<Owner>map(Owner.User::new).orElseGet(Owner.Nobody::new);
    }
}
