package dev.mortise.kernel.identity;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.http.Refusals;
import dev.mortise.kernel.identity.SignIn.Credentials;
import dev.mortise.kernel.identity.Tokens.Pair;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/kernel/tokens}: access tokens for machines. */
@Path("tokens")
@Consumes(MediaType.APPLICATION_JSON)
public final class TokenResource implements HttpResource {
    private final SignIn signIn;
    private final ApiKeys keys;
    private final Tokens tokens;
    private final SigningKeys signing;

    TokenResource(SignIn signIn, ApiKeys keys, Tokens tokens, SigningKeys signing) {
        this.signIn = signIn;
        this.keys = keys;
        this.tokens = tokens;
        this.signing = signing;
    }

    /** Either an API key, or what a person signs in with. */
    public record Grant(
            @Nullable String apiKey,
            @Nullable String tenant,
            @Nullable String email,
            @Nullable String password,
            @Nullable String code) {
        @Override
        public String toString() {
            return "Grant[hidden]";
        }
    }

    /** A refresh token. */
    public record Refresh(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[hidden]";
        }
    }

    /** Takes an API key, or e-mail and password, for a pair of tokens. */
    @POST
    @OpenToAll(reason = "Whoever asks has no token yet; the key or the password is the proof", anonymous = true)
    @Answer(status = 201, type = Pair.class)
    public Response grant(Grant grant) {
        String source = Caller.current().source();
        if (grant.apiKey() != null) {
            // Counts unknown keys of a source as the door does.
            if (keys.verify(grant.apiKey(), source).isEmpty()) {
                throw Refusals.unknownCredentials();
            }
            return told(tokens.grantFor(keys.lookUp(grant.apiKey()).orElseThrow(Refusals::unknownCredentials)));
        }
        if (grant.email() == null || grant.password() == null) {
            throw PlainText.invalid(
                    "Neither \"apiKey\" nor \"email\" with \"password\" is there", "Send one of the two");
        }
        SignIn.Proven person =
                signIn.check(new Credentials(grant.tenant(), grant.email(), grant.password(), grant.code()), source);
        return told(tokens.grantFor(person.tenant(), person.id(), person.secondFactor()));
    }

    /** Takes a refresh token for the next pair. */
    @POST
    @Path("refresh")
    @OpenToAll(reason = "The access token is expired as a rule; the refresh token is the proof", anonymous = true)
    @Answer(status = 201, type = Pair.class)
    public Response refresh(Refresh refresh) {
        return told(tokens.refresh(refresh.refreshToken()));
    }

    /** Ends all tokens that come of the same sign-in. */
    @POST
    @Path("revoke")
    @OpenToAll(reason = "Whoever has a refresh token may end it", anonymous = true)
    public void revoke(Refresh refresh) {
        tokens.revoke(refresh.refreshToken());
    }

    /** A JSON Web Key Set (RFC 7517, section 5). */
    public record KeySet(List<Map<String, Object>> keys) {}

    /** Tells the public keys, so that others can check who made a token (RFC 7517). */
    @GET
    @Path("keys")
    @OpenToAll(reason = "Public keys are for everybody", anonymous = true)
    @Answer(type = KeySet.class)
    public Response keys() {
        Map<String, Object> set = signing.publicSet();
        return Response.ok(set)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .build();
    }

    private static Response told(Pair pair) {
        return Response.created(URI.create("me"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(pair)
                .build();
    }
}
