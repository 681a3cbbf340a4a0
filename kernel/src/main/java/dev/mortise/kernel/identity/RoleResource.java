package dev.mortise.kernel.identity;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.identity.Roles.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/roles}: the built-in roles and the tenant's own. */
@Path("roles")
@Consumes(MediaType.APPLICATION_JSON)
public final class RoleResource implements HttpResource {
    private static final String READ = "kernel.roles.read";
    private static final String WRITE = "kernel.roles.write";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.roles");

    private final Roles roles;

    RoleResource(Roles roles) {
        this.roles = roles;
    }

    /** A role that is asked for; the name is in the path where one is changed. */
    public record RoleRequest(
            @Nullable String name,
            @Nullable String description,
            @Nullable Set<String> permissions) {}

    /** Lists roles with what they grant now, by name. */
    @GET
    @RequiresPermission(READ)
    public Page<Role> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        String behind = LIST.position(after).orElse("");
        return Page.of(roles.list(behind, most + 1), most, role -> LIST.after(role.name()));
    }

    /** Shows a role. */
    @GET
    @Path("{name}")
    @RequiresPermission(READ)
    public Role show(@PathParam("name") String name) {
        return roles.get(name);
    }

    /** Makes a role of declared permissions that the caller holds. */
    @POST
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = Role.class)
    public Response create(RoleRequest request) {
        Role made = roles.create(request.name(), request.description(), request.permissions());
        return Response.created(URI.create("roles/" + made.name())).entity(made).build();
    }

    /** Changes one of the tenant's own roles. */
    @PUT
    @Path("{name}")
    @RequiresPermission(WRITE)
    public Role change(@PathParam("name") String name, RoleRequest request) {
        return roles.change(name, request.description(), request.permissions());
    }

    /** Removes one of the tenant's own roles that nobody has. */
    @DELETE
    @Path("{name}")
    @RequiresPermission(WRITE)
    public void remove(@PathParam("name") String name) {
        roles.remove(name);
    }
}
