package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Authentication;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.http.Caller.Credential;
import dev.mortise.kernel.http.Refusals;
import dev.mortise.kernel.http.SourceAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tells who sends a request: by the header {@code Authorization: Bearer} with an API key or an access token, or else by
 * the cookie of a browser session. A header that is wrong refuses the request; a cookie that is out of date only makes
 * the caller anonymous, so that a browser can sign in again.
 */
final class Authenticator implements Authentication {
    private static final String CSRF_HEADER = "X-CSRF-Token";
    /** Methods that change nothing (RFC 9110, section 9.2.1). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final Tokens tokens;
    private final Sessions sessions;

    Authenticator(ApiKeys keys, Tokens tokens, Sessions sessions) {
        this.keys = keys;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @Override
    public Caller authenticate(Request request, String traceId) {
        String source = SourceAddress.of(request);
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header != null) {
            return byHeader(header, source, traceId, request);
        }
        Optional<String> cookie = SessionCookie.in(request);
        Optional<Verified> session = cookie.flatMap(token -> sessions.verify(token, source));
        if (session.isEmpty()) {
            return Caller.anonymous(traceId, source, request.isSecure());
        }
        if (!SAFE.contains(request.getMethod())) {
            requireCsrfToken(cookie.get(), request.getHeaders().get(CSRF_HEADER));
        }
        return caller(session.get(), Credential.SESSION, source, traceId, request);
    }

    private Caller byHeader(String header, String source, String traceId, Request request) {
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Refusals.noCredentials();
        }
        String presented = header.substring(BEARER.length()).strip();
        boolean isToken = AccessTokens.looksLikeOne(presented);
        Verified verified = (isToken ? tokens.verify(presented, source) : keys.verify(presented, source))
                .orElseThrow(Refusals::unknownCredentials);
        return caller(verified, isToken ? Credential.TOKEN : Credential.API_KEY, source, traceId, request);
    }

    private static Caller caller(
            Verified verified, Credential credential, String source, String traceId, Request request) {
        return new Caller(
                new CallContext(verified.tenant(), verified.principal(), traceId),
                credential,
                verified.user(),
                verified.session(),
                source,
                request.isSecure());
    }

    private static void requireCsrfToken(String sessionToken, @Nullable String presented) {
        byte[] wanted = Sessions.csrfToken(sessionToken).getBytes(StandardCharsets.US_ASCII);
        if (presented == null || !MessageDigest.isEqual(wanted, presented.getBytes(StandardCharsets.UTF_8))) {
            throw new MortiseException(
                    KernelError.CSRF,
                    "The request changes something and comes with a session's cookie, but without its " + CSRF_HEADER,
                    "Send the csrfToken that signing in, or GET /api/v1/kernel/me, has told, as the header "
                            + CSRF_HEADER);
        }
    }
}
