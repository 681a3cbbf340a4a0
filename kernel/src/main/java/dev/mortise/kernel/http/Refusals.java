package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;

/**
 * How the door refuses callers, in the same words wherever it does.
 *
 * @since 0.1
 */
public final class Refusals {
    private Refusals() {}

    /** Returns the refusal of a request without credentials. */
    public static MortiseException noCredentials() {
        return new MortiseException(
                KernelError.UNAUTHENTICATED,
                "The request presents no API key, access token or session",
                // Written so that the redaction of problems does not take it for a credential.
                "Send a key in the header Authorization, as \"Bearer <key>\"; the first key was printed when the server"
                        + " first started");
    }

    /** Returns the refusal of credentials that stand for nobody; which of the reasons holds is not told. */
    public static MortiseException unknownCredentials() {
        return new MortiseException(
                KernelError.UNAUTHENTICATED,
                "The API key or token is unknown, expired or revoked",
                "Check that the whole key was copied, or ask an administrator for a new one");
    }
}
