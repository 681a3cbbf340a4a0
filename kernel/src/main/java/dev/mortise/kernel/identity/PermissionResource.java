package dev.mortise.kernel.identity;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;

/** {@code /api/v1/kernel/permissions}: what the kernel and the running plugins declare. */
@Path("permissions")
public final class PermissionResource implements HttpResource {
    private final Roles roles;

    PermissionResource(Roles roles) {
        this.roles = roles;
    }

    /**
     * A permission.
     *
     * @param plugin who declares it, {@code kernel} for the kernel
     * @param roles the built-in roles that grant it
     */
    public record Permission(String name, String plugin, List<String> roles) {}

    /** Lists all of them, sorted by name: there are as many as the running plugins declare in their code. */
    @GET
    @RequiresPermission("kernel.permissions.read")
    public Page<Permission> list() {
        var declared = roles.declared();
        return Page.whole(declared.stream()
                .sorted()
                .map(name -> new Permission(
                        name,
                        name.substring(0, Math.max(0, name.indexOf('.'))),
                        Arrays.stream(BuiltInRole.values())
                                .filter(role -> PermissionSets.covers(role.permissions(declared), name))
                                .map(BuiltInRole::roleName)
                                .toList()))
                .toList());
    }
}
