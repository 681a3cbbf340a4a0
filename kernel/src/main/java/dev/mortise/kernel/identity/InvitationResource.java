package dev.mortise.kernel.identity;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.identity.Invitations.Acceptance;
import dev.mortise.kernel.identity.Invitations.Invitation;
import dev.mortise.kernel.identity.Invitations.Issued;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/invitations}: how people come in. */
@Path("invitations")
@Consumes(MediaType.APPLICATION_JSON)
public final class InvitationResource implements HttpResource {
    private static final String READ = "kernel.invitations.read";
    private static final String WRITE = "kernel.invitations.write";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.invitations");

    private final Invitations invitations;

    InvitationResource(Invitations invitations) {
        this.invitations = invitations;
    }

    /**
     * Who gets a new link.
     *
     * @param validSeconds a week where it is missing, 30 days at most
     */
    public record Again(UUID userId, @Nullable Long validSeconds) {
        /** Refuses a request without the person. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public Again {
            if (userId == null) {
                throw new IllegalArgumentException("\"userId\" is missing: who gets a new link?");
            }
        }
    }

    /** Who has come in. */
    public record Accepted(UUID userId, String email, String displayName) {}

    /** Lists invitations that can still be accepted. */
    @GET
    @RequiresPermission(READ)
    public Page<Invitation> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                invitations.open(behind, most + 1),
                most,
                invitation -> LIST.after(invitation.id().toString()));
    }

    /** Invites somebody; the answer alone has the link. */
    @POST
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = Issued.class)
    public Response invite(Invitations.Request request) {
        return created(invitations.invite(request));
    }

    /** Makes a new link for somebody who lost the first one, or the password. */
    @POST
    @Path("again")
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = Issued.class)
    public Response inviteAgain(Again again) {
        return created(invitations.again(again.userId(), again.validSeconds()));
    }

    private static Response created(Issued issued) {
        return Response.created(URI.create("invitations/" + issued.invitation().id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(issued)
                .build();
    }

    /** Takes an invitation back. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(WRITE)
    public void revoke(@PathParam("id") UUID id) {
        invitations.revoke(id);
    }

    /** Accepts an invitation. */
    @POST
    @Path("accept")
    @OpenToAll(
            reason = "Whoever accepts has no account yet; the token of 256 random bits is the proof",
            anonymous = true)
    public Accepted accept(Acceptance acceptance) {
        User user = invitations.accept(acceptance);
        return new Accepted(user.id(), user.email(), user.displayName());
    }
}
