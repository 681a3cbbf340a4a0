package dev.mortise.kernel.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;

/** The cookie of a browser session (RFC 6265), out of reach of scripts and of requests from other sites. */
final class SessionCookie {
    static final String NAME = "mortise_session";

    private SessionCookie() {}

    /** Returns its value; empty as well when there are several, one of which somebody else has planted. */
    static Optional<String> in(Request request) {
        List<HttpCookie> found = Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(NAME))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst().getValue()) : Optional.empty();
    }

    /** Returns the header that sets it. */
    static String set(String token, Duration life, boolean isSecure) {
        return NAME + "=" + token + "; Path=/; Max-Age=" + life.toSeconds() + attributes(isSecure);
    }

    /** Returns the header that removes it. */
    static String clear(boolean isSecure) {
        return NAME + "=; Path=/; Max-Age=0" + attributes(isSecure);
    }

    private static String attributes(boolean isSecure) {
        return "; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "");
    }
}
