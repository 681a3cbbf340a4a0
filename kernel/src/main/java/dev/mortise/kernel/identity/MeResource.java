package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.kernel.http.Caller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/kernel/me}: the caller. */
@Path("me")
@Consumes(MediaType.APPLICATION_JSON)
public final class MeResource implements HttpResource {
    private static final String OWN = "Everybody sees and changes himself and nobody else";

    private final Profiles profiles;
    private final Roles roles;
    private final IdentityOptions options;

    MeResource(Profiles profiles, Roles roles, IdentityOptions options) {
        this.profiles = profiles;
        this.roles = roles;
        this.options = options;
    }

    /**
     * The caller.
     *
     * @param permissions what it may do; a star stands for the rest
     * @param user the person who signed in
     * @param csrfToken the token of the browser session that asks
     * @param secondFactorDemanded whether the tenant demands a second factor that the person has yet to turn on;
     *     without it there are no permissions
     */
    public record Me(
            String principal,
            Principal.Kind kind,
            String tenant,
            Set<String> permissions,
            Optional<User> user,
            Optional<String> csrfToken,
            boolean secondFactorDemanded) {
        @Override
        public String toString() {
            return "Me[" + principal + "]";
        }
    }

    /** A new name. */
    public record Name(@Nullable String displayName) {}

    /** A new password. */
    public record NewPassword(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[hidden]";
        }
    }

    /** What shows again that the caller is who signed in. */
    public record Proof(@Nullable String password, @Nullable String code) {
        @Override
        public String toString() {
            return "Proof[hidden]";
        }
    }

    /** Each works once, in place of a code of the app. */
    public record RecoveryCodes(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryCodes[hidden]";
        }
    }

    /** Whether the second factor is on. */
    public record SecondFactorState(boolean on, int recoveryCodesLeft) {}

    /** Shows the caller. */
    @GET
    @OpenToAll(reason = OWN)
    @Answer(type = Me.class)
    public Response show(@CookieParam(SessionCookie.NAME) @Nullable String cookie) {
        CallContext context = CallContext.current();
        Caller caller = Caller.current();
        Principal principal = context.principal();
        Optional<User> user =
                principal.kind() == Principal.Kind.USER ? caller.user().map(profiles::user) : Optional.empty();
        Optional<String> csrf = caller.session().isPresent() && cookie != null
                ? Optional.of(Sessions.csrfToken(cookie))
                : Optional.empty();
        Me me = new Me(
                principal.id(),
                principal.kind(),
                context.tenant().toString(),
                new TreeSet<>(principal.permissions()),
                user,
                csrf,
                user.filter(person -> !person.secondFactor()).isPresent() && roles.secondFactorRequired());
        return Response.ok(me).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Changes the caller's name. */
    @PATCH
    @OpenToAll(reason = OWN)
    public User rename(Name name) {
        return profiles.rename(Person.required(), name.displayName());
    }

    /** Shows the caller's preferences. */
    @GET
    @Path("preferences")
    @OpenToAll(reason = OWN)
    public JsonNode preferences() {
        return profiles.preferences(Person.required());
    }

    /** Replaces the caller's preferences: a JSON object of at most 16 KiB. */
    @PUT
    @Path("preferences")
    @OpenToAll(reason = OWN)
    public JsonNode setPreferences(JsonNode preferences) {
        return profiles.setPreferences(Person.required(), preferences);
    }

    /** Sets a new password; signs out everywhere else. */
    @PUT
    @Path("password")
    @OpenToAll(reason = OWN)
    @Answer(status = 204)
    public Response changePassword(NewPassword passwords) {
        UUID id = Person.required();
        return withSession(profiles.changePassword(id, passwords.currentPassword(), passwords.newPassword()), null);
    }

    /** Tells whether the second factor is on. */
    @GET
    @Path("two-factor")
    @OpenToAll(reason = OWN)
    public SecondFactorState secondFactor() {
        UUID id = Person.required();
        return new SecondFactorState(profiles.user(id).secondFactor(), profiles.recoveryCodesLeft(id));
    }

    /** Begins to turn the second factor on; the answer alone has the seed. */
    @POST
    @Path("two-factor")
    @OpenToAll(reason = OWN)
    @Answer(type = SecondFactors.Enrolment.class)
    public Response enrol(Proof proof) {
        return secret(profiles.enrol(Person.required(), proof.password()));
    }

    /** Turns the second factor on, by the first code of the app; the answer alone has the recovery codes. */
    @POST
    @Path("two-factor/confirm")
    @OpenToAll(reason = OWN)
    @Answer(type = RecoveryCodes.class)
    public Response confirm(Proof proof) {
        var changed = profiles.confirm(Person.required(), proof.code());
        return withSession(changed, new RecoveryCodes(changed.result()));
    }

    /** Makes new recovery codes in place of the former ones. */
    @POST
    @Path("two-factor/recovery-codes")
    @OpenToAll(reason = OWN)
    @Answer(type = RecoveryCodes.class)
    public Response renewRecoveryCodes(Proof proof) {
        return secret(
                new RecoveryCodes(profiles.renewRecoveryCodes(Person.required(), proof.password(), proof.code())));
    }

    /** Turns the second factor off. */
    @POST
    @Path("two-factor/disable")
    @OpenToAll(reason = OWN)
    @Answer(status = 204)
    public Response disable(Proof proof) {
        return withSession(profiles.disable(Person.required(), proof.password(), proof.code()), null);
    }

    /** What is told once is kept nowhere on the way. */
    private static Response secret(Object body) {
        return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Answers with the session's new cookie, whose new CSRF token GET me tells. */
    private Response withSession(Profiles.Changed<?> changed, @Nullable Object body) {
        Response.ResponseBuilder answer = body == null ? Response.noContent() : Response.ok(body);
        changed.session()
                .ifPresent(opened -> answer.header(
                                HttpHeaders.SET_COOKIE,
                                SessionCookie.set(
                                        opened.token(),
                                        options.sessionLife(),
                                        Caller.current().isSecure()))
                        .header("X-CSRF-Token", opened.csrfToken()));
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
