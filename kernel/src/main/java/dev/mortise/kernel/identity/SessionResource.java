package dev.mortise.kernel.identity;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.api.http.Page;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.identity.Sessions.Opened;
import dev.mortise.kernel.identity.Sessions.Session;
import dev.mortise.kernel.identity.SignIn.Credentials;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/sessions}: signing in by a browser, and out. */
@Path("sessions")
@Consumes(MediaType.APPLICATION_JSON)
public final class SessionResource implements HttpResource {
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.sessions");

    private final SignIn signIn;
    private final Sessions sessions;
    private final IdentityOptions options;

    SessionResource(SignIn signIn, Sessions sessions, IdentityOptions options) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.options = options;
    }

    /**
     * Who has signed in.
     *
     * @param csrfToken to be sent as {@code X-CSRF-Token} with everything that changes something
     */
    public record SignedIn(UUID userId, String email, String displayName, String csrfToken) {
        @Override
        public String toString() {
            return "SignedIn[" + userId + "]";
        }
    }

    /** Signs in. The session that the browser had before ends, and a token that somebody planted is worth nothing. */
    @POST
    @OpenToAll(reason = "Whoever signs in has no session yet; guessing is slowed down", anonymous = true)
    @Answer(status = 201, type = SignedIn.class)
    public Response signIn(Credentials credentials, @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String client) {
        if (credentials.email() == null || credentials.password() == null) {
            throw PlainText.invalid("\"email\" or \"password\" is missing", "Send both");
        }
        Caller caller = Caller.current();
        SignIn.Proven person = signIn.check(credentials, caller.source());
        if (caller.user().isPresent() && caller.session().isPresent()) {
            var _ = sessions.endIfThere(caller.user().get(), caller.session().get());
        }
        Opened opened = sessions.open(
                person.tenant(),
                person.id(),
                person.secondFactor(),
                caller.source(),
                Objects.requireNonNullElse(client, ""));
        return Response.created(URI.create("me"))
                .header(
                        HttpHeaders.SET_COOKIE,
                        SessionCookie.set(opened.token(), options.sessionLife(), caller.isSecure()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new SignedIn(person.id(), person.email(), person.displayName(), opened.csrfToken()))
                .build();
    }

    /** Lists the caller's own sessions, oldest first. */
    @GET
    @OpenToAll(reason = "Everybody sees his own sessions and no others")
    public Page<Session> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID behind = LIST.position(after, UUID::fromString).orElse(null);
        return Page.of(
                sessions.ofUser(Person.required(), Caller.current().session(), behind, most + 1),
                most,
                session -> LIST.after(session.id().toString()));
    }

    /** Signs out of the session that asks. */
    @DELETE
    @OpenToAll(reason = "Everybody may sign out")
    @Answer(status = 204)
    public Response signOut() {
        Caller caller = Caller.current();
        UUID session = caller.session().orElseThrow(Person::sessionNeeded);
        sessions.end(Person.required(), session);
        return signedOut(caller);
    }

    /** Signs out of one of the caller's own sessions. */
    @DELETE
    @Path("{id}")
    @OpenToAll(reason = "Everybody may end his own sessions; those of others are not found")
    public void end(@PathParam("id") UUID id) {
        sessions.end(Person.required(), id);
    }

    /** Signs out everywhere, here too, and revokes the caller's refresh tokens. */
    @DELETE
    @Path("all")
    @OpenToAll(reason = "Everybody may sign out everywhere")
    @Answer(status = 204)
    public Response signOutEverywhere() {
        sessions.endAll(Person.required());
        return signedOut(Caller.current());
    }

    private static Response signedOut(Caller caller) {
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.clear(caller.isSecure()))
                .build();
    }
}
