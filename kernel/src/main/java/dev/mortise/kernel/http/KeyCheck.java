package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import java.util.Optional;

/** Tells who presents a key. On the path of every request: answers from memory as a rule. */
@FunctionalInterface
public interface KeyCheck {
    /**
     * Returns the context that the key stands for, with the given trace id, or empty for a key that is unknown, expired
     * or revoked.
     */
    Optional<CallContext> check(String key, String traceId);
}
