package dev.mortise.kernel.identity;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.identity.ServiceAccounts.ServiceAccount;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/service-accounts}: accounts of machines. */
@Path("service-accounts")
@Consumes(MediaType.APPLICATION_JSON)
public final class ServiceAccountResource implements HttpResource {
    private static final String READ = "kernel.service-accounts.read";
    private static final String WRITE = "kernel.service-accounts.write";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.service-accounts");

    private final ServiceAccounts accounts;

    ServiceAccountResource(ServiceAccounts accounts) {
        this.accounts = accounts;
    }

    /** An account that is asked for. */
    public record AccountRequest(
            @Nullable String name,
            @Nullable String description,
            @Nullable Set<String> roles) {}

    /** Lists accounts, disabled ones too. */
    @GET
    @RequiresPermission(READ)
    public Page<ServiceAccount> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                accounts.list(behind, most + 1),
                most,
                account -> LIST.after(account.id().toString()));
    }

    /** Shows an account. */
    @GET
    @Path("{id}")
    @RequiresPermission(READ)
    public ServiceAccount show(@PathParam("id") UUID id) {
        return accounts.get(id);
    }

    /** Makes an account; it comes in once it has a key, see {@code api-keys}. */
    @POST
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = ServiceAccount.class)
    public Response create(AccountRequest request) {
        ServiceAccount made = accounts.create(request.name(), request.description(), request.roles());
        return Response.created(URI.create("service-accounts/" + made.id()))
                .entity(made)
                .build();
    }

    /** Changes an account's description, roles or state. */
    @PATCH
    @Path("{id}")
    @RequiresPermission(WRITE)
    public ServiceAccount change(@PathParam("id") UUID id, ServiceAccounts.Change change) {
        return accounts.change(id, change);
    }
}
