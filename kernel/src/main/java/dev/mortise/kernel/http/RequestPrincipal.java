package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.eclipse.jetty.server.Request;

/** The principal of the call as Jakarta REST knows it; Jersey fails on a request without one. */
record RequestPrincipal(dev.mortise.api.call.Principal principal, boolean isSecure) implements SecurityContext {
    static RequestPrincipal of(Request request) {
        return new RequestPrincipal(CallContext.current().principal(), request.isSecure());
    }

    @Override
    public Principal getUserPrincipal() {
        return principal::id;
    }

    @Override
    public boolean isUserInRole(String role) {
        return principal.may(role);
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
