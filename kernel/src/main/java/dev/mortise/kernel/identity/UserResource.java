package dev.mortise.kernel.identity;

import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/users}: the people of the tenant. New ones come by invitation. */
@Path("users")
@Consumes(MediaType.APPLICATION_JSON)
public final class UserResource implements HttpResource {
    private static final String READ = "kernel.users.read";
    private static final String WRITE = "kernel.users.write";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.users");

    private final Users users;
    private final SecondFactors secondFactors;

    UserResource(Users users, SecondFactors secondFactors) {
        this.users = users;
        this.secondFactors = secondFactors;
    }

    /** Lists people, of one state where {@code state} says so. */
    @GET
    @RequiresPermission(READ)
    public Page<User> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                users.list(state == null ? null : state(state), behind, most + 1),
                most,
                user -> LIST.after(user.id().toString()));
    }

    private static User.State state(String text) {
        return Arrays.stream(User.State.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> PlainText.invalid(
                        "\"state\" is no state of an account",
                        "Send one of " + Arrays.toString(User.State.values()).toLowerCase(Locale.ROOT)));
    }

    /** Shows a person. */
    @GET
    @Path("{id}")
    @RequiresPermission(READ)
    public User show(@PathParam("id") UUID id) {
        return users.get(id);
    }

    /** Changes a person's name, roles or state. */
    @PATCH
    @Path("{id}")
    @RequiresPermission(WRITE)
    public User change(@PathParam("id") UUID id, Users.Change change) {
        return users.change(id, change);
    }

    /** Signs a person out everywhere. */
    @DELETE
    @Path("{id}/sessions")
    @RequiresPermission(WRITE)
    public void signOut(@PathParam("id") UUID id) {
        users.signOut(id);
    }

    /** Takes the second factor from a person who has lost the device and the recovery codes. */
    @POST
    @Path("{id}/two-factor/reset")
    @RequiresPermission(WRITE)
    public void resetSecondFactor(@PathParam("id") UUID id) {
        secondFactors.reset(id);
    }
}
