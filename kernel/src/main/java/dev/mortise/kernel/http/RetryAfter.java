package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.RetryLater;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpStatus;

/** When a refused call may succeed, for the header {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {
    /** What is unavailable (a database, a plugin, a node that leaves) is looked at again within this time. */
    private static final long UNAVAILABLE_SECONDS = 2;

    private RetryAfter() {}

    /** Returns the seconds to wait, or nothing where waiting does not help or the refusal brings its own headers. */
    static OptionalLong seconds(MortiseException failure, int status) {
        if (failure instanceof RetryLater later) {
            return OptionalLong.of(later.seconds());
        }
        return status == HttpStatus.SERVICE_UNAVAILABLE_503 && !(failure instanceof HttpRefusal)
                ? OptionalLong.of(UNAVAILABLE_SECONDS)
                : OptionalLong.empty();
    }
}
