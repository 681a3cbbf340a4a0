package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who sends the request that is being served, and how that is known. The context is what everybody sees; the rest is
 * for the kernel's rooms.
 *
 * @param context tenant, principal and trace
 * @param credential what was presented
 * @param user the person that signed in, empty for machines and strangers
 * @param session the browser session, empty for every other credential
 * @param source the address that the connection comes from, see {@link SourceAddress}
 * @param isSecure whether the request came over TLS
 * @since 0.1
 */
public record Caller(
        CallContext context,
        Credential credential,
        Optional<UUID> user,
        Optional<UUID> session,
        String source,
        boolean isSecure) {
    /** A tenant that nobody is in and that has no rows. */
    public static final TenantId NO_TENANT = new TenantId(new UUID(0, 0));

    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** How a caller proved who it is. */
    public enum Credential {
        /** Not at all. */
        NONE,
        /** By an API key. */
        API_KEY,
        /** By an access token. */
        TOKEN,
        /** By the cookie of a browser session. */
        SESSION
    }

    /** Returns a caller without credentials: no permission, and a tenant without rows. */
    public static Caller anonymous(String traceId, String source, boolean isSecure) {
        Principal nobody = new Principal("anonymous", Principal.Kind.ANONYMOUS, Set.of());
        return new Caller(
                new CallContext(NO_TENANT, nobody, traceId),
                Credential.NONE,
                Optional.empty(),
                Optional.empty(),
                source,
                isSecure);
    }

    /**
     * Returns the caller of the request that this thread serves.
     *
     * @throws MortiseException with {@code api.no-call-context} outside of a request
     */
    public static Caller current() {
        if (!CURRENT.isBound()) {
            throw new MortiseException(
                    ApiError.NO_CALL_CONTEXT,
                    "This thread serves no request",
                    "Ask for the caller on the request's own thread");
        }
        return CURRENT.get();
    }

    /** Runs the work on behalf of this caller, with the context bound as well. */
    void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(() -> context.run(work));
    }
}
